package io.osmj.controlplane.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The proxies that a change concerns, served a few at a time: whoever asks in between does not wait until all are served.
 */
final class Rounds {
    private static final int A_FEW = 32;

    private final LongSupplier clock;
    private final Set<Seat> due = new LinkedHashSet<>();
    private long started;
    private int told;

    /**
     * One change, served to the last proxy it concerns.
     *
     * @param took from the moment it was read
     * @param told how many proxies have something to fetch
     */
    record Round(Duration took, int told) {}

    Rounds(LongSupplier clock) {
        this.clock = clock;
    }

    void add(Collection<Seat> seats) {
        if (due.isEmpty()) {
            started = clock.getAsLong();
            told = 0;
        }
        due.addAll(seats);
        seats.forEach(seat -> seat.current = false);
    }

    void remove(Seat seat) {
        due.remove(seat);
    }

    boolean pending() {
        return !due.isEmpty();
    }

    /** Serves a few. Gives the round if it ends with them. */
    Optional<Round> some(Function<Seat, Seats.Service> serve) {
        List<Seat> few = new ArrayList<>(A_FEW);
        for (Iterator<Seat> next = due.iterator(); next.hasNext() && few.size() < A_FEW; ) {
            few.add(next.next());
            next.remove();
        }
        for (Seat seat : few) {
            told += serve.apply(seat) == Seats.Service.TOLD ? 1 : 0;
        }
        return due.isEmpty()
                ? Optional.of(new Round(Duration.ofNanos(clock.getAsLong() - started), told))
                : Optional.empty();
    }
}
