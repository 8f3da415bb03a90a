package io.osmj.controlplane.publish;

import io.osmj.core.compile.Compiler;
import io.osmj.core.compile.MeshModel;
import io.osmj.core.plan.Planner;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.state.ClusterState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was published last, and the steps from one publication to the next. Belongs to one thread. */
final class Publication {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    private static final long CENSUS = Duration.ofMinutes(10).toNanos();

    private final Supplier<Optional<Outcome<ClusterState>>> source;
    private final PublicationObserver observer;
    private final LongSupplier clock;
    private final Pace pace;
    private final Debounce debounce;
    private final Seats seats;
    private Optional<Compiled> compiled = Optional.empty();
    private List<Problem> seenProblems = List.of();
    private List<Problem> reported = List.of();
    private long retry = Debounce.NEVER;
    private long reread = Debounce.NEVER;
    private long census = CENSUS;

    private record Compiled(ClusterState state, Planner planner, List<Problem> problems) {
        static Compiled of(ClusterState state) {
            Outcome<MeshModel> model = Compiler.compile(state);
            return new Compiled(state, new Planner(model.value()), model.problems());
        }
    }

    /**
     * Nothing is published yet.
     *
     * @param source of the state; empty while it is not known
     * @param clock nanoseconds since some moment before
     */
    Publication(
            Supplier<Optional<Outcome<ClusterState>>> source,
            SecretSource secrets,
            PublicationObserver observer,
            LongSupplier clock,
            Pace pace) {
        this.source = source;
        this.observer = observer;
        this.clock = clock;
        this.pace = pace;
        this.debounce = new Debounce(pace.quiet(), pace.most(), pace.gap());
        this.seats = new Seats(secrets);
    }

    /** The state may have changed. */
    void changed() {
        debounce.changed(clock.getAsLong());
    }

    /** The secrets of some identity may have changed. */
    void secretsChanged() {
        retry = clock.getAsLong();
    }

    /** A proxy opened a stream. It is served at once if its pod is known, else when the pod is seen. */
    void join(Seat seat) {
        if (seats.size() >= mostSeats()) {
            observer.turnedAway();
            seat.postpone(
                    "too many proxies are connected (errTooManyConnections): MeshConfig's maxDataPlaneConnections is "
                            + mostSeats());
            return;
        }
        seats.add(seat);
        compiled.ifPresent(current -> {
            retryUnless(seats.serve(seat, current.planner()) != Seats.Service.FAILED);
            report(current);
        });
    }

    private int mostSeats() {
        int most = compiled.map(current -> current.state().settings().sidecar().maxDataPlaneConnections())
                .orElse(0);
        return most == 0 ? Integer.MAX_VALUE : most;
    }

    /** A proxy asked by name for what it was not told of. */
    void answer(Seat seat, long ticket) {
        seat.answer(ticket);
    }

    /** A stream ended. */
    void leave(Seat seat) {
        seats.remove(seat);
    }

    /** The streams that are open. */
    List<ConnectedProxy> connected() {
        return seats.connected(clock.getAsLong());
    }

    /** Whether a state is published. */
    boolean ready() {
        return compiled.isPresent();
    }

    /** When {@link #work} has something to do next. */
    long due() {
        return LongStream.of(debounce.due(), reread, retry, census, seats.patienceEnds(pace.patience()))
                .min()
                .getAsLong();
    }

    /** Does what is due. */
    void work() {
        long now = clock.getAsLong();
        if (debounce.take(now) || now >= reread) {
            reread = Debounce.NEVER;
            look();
        }
        if (now >= retry) {
            retry = Debounce.NEVER;
            compiled.ifPresent(this::serveAll);
        }
        if (now >= census) {
            census = now + CENSUS;
            seats.census();
        }
        seats.dismissUnknown(now - pace.patience().toNanos(), ready());
    }

    private void look() {
        try {
            source.get().ifPresent(this::refresh);
        } catch (RuntimeException e) {
            LOG.error("Cannot read or compile the state; proxies keep what they have, and it is tried again", e);
            reread = clock.getAsLong() + pace.retry().toNanos();
        }
    }

    private void refresh(Outcome<ClusterState> seen) {
        long start = clock.getAsLong();
        seenProblems = seen.problems();
        boolean same = compiled.map(last -> last.state().equals(seen.value())).orElse(false);
        Compiled current = same ? compiled.orElseThrow() : Compiled.of(seen.value());
        if (!same) {
            compiled = Optional.of(current);
            observer.settings(seen.value().settings());
            int told = serveAll(current);
            observer.published(Duration.ofNanos(clock.getAsLong() - start), told);
        }
        report(current);
    }

    private int serveAll(Compiled current) {
        Seats.Round round = seats.serveAll(current.planner());
        retryUnless(round.failed() == 0);
        report(current);
        return round.told();
    }

    private void retryUnless(boolean allWell) {
        if (!allWell) {
            retry = clock.getAsLong() + pace.retry().toNanos();
        }
    }

    private void report(Compiled current) {
        List<Problem> now = Stream.of(seenProblems, current.problems(), seats.problems())
                .flatMap(List::stream)
                .sorted()
                .distinct()
                .toList();
        if (!now.equals(reported)) {
            reported = now;
            observer.problems(now);
        }
    }
}
