package io.osmj.xds.serve;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How many refusals of one stream are followed by another attempt within a minute. */
final class NackBudget {
    private static final long WINDOW = Duration.ofMinutes(1).toNanos();

    private final int perMinute;
    private final Deque<Long> refusals = new ArrayDeque<>();

    NackBudget(int perMinute) {
        this.perMinute = perMinute;
    }

    void refused(long now) {
        refusals.addLast(now);
        if (refusals.size() > perMinute) {
            refusals.removeFirst();
        }
    }

    boolean spent(long now) {
        return refusals.size() >= perMinute && now - refusals.getFirst() < WINDOW;
    }

    /** How many nanoseconds are left until another attempt may be made; 0 if it may be made now. */
    long delay(long now) {
        return spent(now) ? WINDOW - (now - refusals.getFirst()) : 0;
    }
}
