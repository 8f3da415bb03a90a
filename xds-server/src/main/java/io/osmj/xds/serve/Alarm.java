package io.osmj.xds.serve;

import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Rings once, at the last time it was set to. Used by one thread at a time. */
final class Alarm {
    /** Nothing is due so late that it could not be looked at again in between. */
    private static final long FARTHEST = Duration.ofMinutes(1).toNanos();

    private final Clock clock;
    private final Runnable ring;
    private @Nullable Future<?> set;

    Alarm(Clock clock, Runnable ring) {
        this.clock = clock;
        this.ring = ring;
    }

    /** Rings after so many nanoseconds; not at all for {@link Long#MAX_VALUE}. */
    void in(long nanos) {
        cancel();
        if (nanos != Long.MAX_VALUE) {
            set = clock.schedule(ring, Duration.ofNanos(Math.min(nanos, FARTHEST)));
        }
    }

    void cancel() {
        if (set != null) {
            set.cancel(false);
            set = null;
        }
    }
}
