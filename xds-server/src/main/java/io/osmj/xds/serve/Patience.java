package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** How long the changes of each type have been held back, so that none is held back for ever. */
final class Patience {
    private final long limit;
    private final Map<ResourceType, Long> since = new EnumMap<>(ResourceType.class);

    Patience(Duration limit) {
        this.limit = limit.toNanos();
    }

    /** Whether the type has waited long enough; starts the clock if it does not run. */
    boolean exhausted(ResourceType type, long now) {
        return now - since.computeIfAbsent(type, _ -> now) >= limit;
    }

    void reset(ResourceType type) {
        since.remove(type);
    }

    /** Nanoseconds until the first of the waiting types has waited long enough; {@link Long#MAX_VALUE} if none waits. */
    long delay(long now) {
        return since.values().stream()
                .mapToLong(start -> Math.max(0, start + limit - now))
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
