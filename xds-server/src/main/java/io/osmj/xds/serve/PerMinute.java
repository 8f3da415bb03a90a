package io.osmj.xds.serve;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How often something has happened within the last minute, up to a number. */
final class PerMinute {
    static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final int most;
    private final Deque<Long> times = new ArrayDeque<>();

    PerMinute(int most) {
        this.most = most;
    }

    void happened(long now) {
        times.addLast(now);
        if (times.size() > most) {
            times.removeFirst();
        }
    }

    int count(long now) {
        while (!times.isEmpty() && now - times.getFirst() >= MINUTE) {
            times.removeFirst();
        }
        return times.size();
    }

    /** Happens, unless it has happened as often as it may. Gives whether it does. */
    boolean mayHappen(long now) {
        if (count(now) == most) {
            return false;
        }
        happened(now);
        return true;
    }

    /** How many nanoseconds are left until the count goes down; 0 if there is nothing to count. */
    long delay(long now) {
        return count(now) == 0 ? 0 : MINUTE - (now - times.getFirst());
    }
}
