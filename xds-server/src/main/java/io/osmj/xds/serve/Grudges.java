package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a client refused on an earlier stream, and for how long it is not sent to it again on this one. */
final class Grudges {
    private final Deque<Grudge> borne = new ArrayDeque<>();

    private record Grudge(ResourceType type, Conduct.Refused resource) {}

    /** Tells of what may be tried again. */
    interface Forgiving {
        void forgive(ResourceType type, Conduct.Refused resource);
    }

    void bear(ResourceType type, Conduct.Refused resource) {
        borne.add(new Grudge(type, resource));
    }

    /** All that is over. Each is given once. */
    void forgive(long now, Forgiving forgiving) {
        borne.removeIf(grudge -> {
            boolean over = now - grudge.resource().time() >= PerMinute.MINUTE;
            if (over) {
                forgiving.forgive(grudge.type(), grudge.resource());
            }
            return over;
        });
    }

    /** Nanoseconds until the first is over; {@link Long#MAX_VALUE} if there is none. */
    long delay(long now) {
        return borne.stream()
                .mapToLong(grudge -> Math.max(0, grudge.resource().time() + PerMinute.MINUTE - now))
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
