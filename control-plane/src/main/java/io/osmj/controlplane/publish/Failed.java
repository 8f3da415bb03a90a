package io.osmj.controlplane.publish;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The proxies that could not be served. They are tried again after a while, together, and nobody else for their sake. */
final class Failed {
    private final long wait;
    private final Set<Seat> seats = new LinkedHashSet<>();
    private long due = Debounce.NEVER;

    /** With so long a wait from the first that fails. */
    Failed(Duration wait) {
        this.wait = wait.toNanos();
    }

    void add(Seat seat, long now) {
        seats.add(seat);
        due = Math.min(due, now + wait);
    }

    void remove(Seat seat) {
        seats.remove(seat);
    }

    /** When they are tried again; {@link Debounce#NEVER} if there are none. */
    long due() {
        return due;
    }

    /** Those to be tried now; if they fail again they have to be added again. */
    List<Seat> take(long now) {
        if (now < due) {
            return List.of();
        }
        List<Seat> again = List.copyOf(seats);
        seats.clear();
        due = Debounce.NEVER;
        return again;
    }
}
