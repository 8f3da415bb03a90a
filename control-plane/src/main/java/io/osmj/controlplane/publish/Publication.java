package io.osmj.controlplane.publish;

import static java.util.stream.Collectors.toSet;

import io.osmj.core.compile.MeshIndex;
import io.osmj.core.compile.Touched;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.problem.Outcome;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.state.StatePatch;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was published last, and the steps from one publication to the next. Belongs to one thread. */
final class Publication {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    private static final long CENSUS = Duration.ofMinutes(10).toNanos();

    private final MeshSource source;
    private final PublicationObserver observer;
    private final LongSupplier clock;
    private final Pace pace;
    private final Debounce debounce;
    private final LiveMesh mesh;
    private final Seats seats;
    private final Rounds rounds;
    private final Failed failed;
    private final ProblemReport report;
    private final Learned learned = new Learned();
    private long renewal = Debounce.NEVER;
    private long reread = Debounce.NEVER;
    private long census = CENSUS;

    /**
     * Nothing is published yet.
     *
     * @param clock nanoseconds since some moment before
     */
    Publication(
            TrustDomain trustDomain,
            MeshSource source,
            SecretSource secrets,
            PublicationObserver observer,
            LongSupplier clock,
            Pace pace) {
        this.source = source;
        this.observer = observer;
        this.clock = clock;
        this.pace = pace;
        this.debounce = new Debounce(pace.quiet(), pace.most(), pace.gap(), pace.rowGap());
        this.mesh = new LiveMesh(trustDomain);
        this.seats = new Seats(secrets);
        this.rounds = new Rounds(clock);
        this.failed = new Failed(pace.retry());
        this.report = new ProblemReport(observer);
    }

    /** The state may have changed. */
    void changed() {
        debounce.changed(clock.getAsLong());
    }

    /** The secrets of any identity may have changed. */
    void secretsChanged() {
        renewal = clock.getAsLong();
    }

    /** The secrets of this account have changed. */
    void secretsChanged(ServiceAccount account) {
        if (mesh.known()) {
            rounds.add(seats.index().of(account));
        }
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
        if (mesh.known()) {
            sendAhead(seat);
            retryIfFailed(seat, seats.serve(seat, mesh.planner()));
            seats.tidy(mesh.planner());
        }
    }

    private int mostSeats() {
        int most = mesh.settings().sidecar().maxDataPlaneConnections();
        return most == 0 ? Integer.MAX_VALUE : most;
    }

    private void sendAhead(Seat seat) {
        ask(seat, Asked.of(learned.of(seat.proxy.account(), mesh::has), Set.of()));
    }

    private void ask(Seat seat, Asked asked) {
        seat.ask(asked);
        seats.index().asked(seat, asked);
    }

    /**
     * A proxy asks what these are. It is answered before anything else is published, for a connection of its
     * application waits for the answer.
     *
     * @param ticket grows with each question of the stream
     */
    void asked(Seat seat, long ticket, Asked asked) {
        seat.ticket(ticket);
        ask(seat, asked);
        learned.add(
                seat.proxy.account(),
                asked.addresses().stream().filter(mesh::has).toList());
        if (mesh.known()) {
            retryIfFailed(seat, seats.answer(seat, mesh.planner(), asked));
            seats.tidy(mesh.planner());
        }
    }

    /** A proxy's stream does not remember these any more. What is there by now is kept: the proxy has it or is about to. */
    void forget(Seat seat, ResourceType type, Set<String> names) {
        Set<String> missing = names.stream().filter(name -> !seat.has(name)).collect(toSet());
        seats.index().forgotten(seat, seat.forget(Asked.of(type, missing)));
    }

    /** A proxy has given these up. What is there of them leaves what it is to have when that is made anew, which others do not wait for. */
    void release(Seat seat, ResourceType type, Set<String> names) {
        boolean there = names.stream().anyMatch(seat::has);
        seats.index().forgotten(seat, seat.forget(Asked.of(type, names)));
        if (there) {
            rounds.add(List.of(seat));
        }
    }

    /** A proxy keeps a certificate from before. */
    void keeps(Seat seat, Instant end) {
        seats.keeps(seat, end);
    }

    /** A stream ended. */
    void leave(Seat seat) {
        seats.remove(seat);
        rounds.remove(seat);
        failed.remove(seat);
    }

    /** The streams that are open. */
    List<ConnectedProxy> connected() {
        return seats.connected(clock.getAsLong());
    }

    /** What is kept of what was rendered. */
    Rendering rendering() {
        return seats.rendering();
    }

    /** What somebody who looks wants to know of the mesh as it is now. */
    <T> T ask(Function<MeshIndex, T> question) {
        return mesh.ask(question);
    }

    /** Whether a state is published. */
    boolean ready() {
        return mesh.known();
    }

    /** When {@link #work} has something to do next. */
    long due() {
        return rounds.pending()
                ? clock.getAsLong()
                : LongStream.of(
                                nextLook(),
                                renewal,
                                failed.due(),
                                census,
                                report.due(),
                                seats.lobby().patienceEnds(pace.patience()))
                        .min()
                        .getAsLong();
    }

    /** After a look that failed there is none before its time, whatever changes: it takes in all there is. */
    private long nextLook() {
        return reread == Debounce.NEVER ? debounce.due() : reread;
    }

    /** Does what is due, or a part of it that does not take long. */
    void work() {
        long now = clock.getAsLong();
        if (now >= nextLook()) {
            boolean _ = debounce.take(now);
            reread = Debounce.NEVER;
            look();
        }
        if (now >= renewal) {
            renewal = Debounce.NEVER;
            rounds.add(seats.index().all());
        }
        rounds.add(failed.take(now));
        serveSome();
        if (!rounds.pending()) {
            report.tell(now, mesh::problems);
        }
        if (now >= census) {
            census = now + CENSUS;
            seats.census();
            learned.retain(seats.index().accounts());
            seats.forget(mesh.planner());
        }
        seats.lobby().dismissUnknown(now - pace.patience().toNanos(), ready());
    }

    private void serveSome() {
        if (mesh.known() && rounds.pending()) {
            rounds.some(seat -> retryIfFailed(seat, seats.serve(seat, mesh.planner())))
                    .ifPresent(round -> {
                        observer.published(round.took(), round.told());
                        seats.tidy(mesh.planner());
                    });
        }
    }

    private void look() {
        try {
            source.look(this::refresh);
        } catch (RuntimeException e) {
            LOG.error("Cannot read or compile the state; proxies keep what they have, and it is tried again", e);
            reread = clock.getAsLong() + pace.retry().toNanos();
        }
    }

    private void refresh(Outcome<StatePatch> seen) {
        report.read(seen.problems(), clock.getAsLong());
        boolean first = !mesh.known();
        Touched touched = mesh.apply(seen.value());
        touched.addresses().stream().filter(mesh::has).forEach(this::learn);
        if (touched.everything()) {
            observer.settings(mesh.settings());
        }
        if (first) {
            seats.index().all().forEach(this::sendAhead);
            rounds.add(seats.index().all());
        } else {
            rounds.add(seats.index().concerned(touched, mesh.byRules(), mesh.eager()));
        }
    }

    /** What was asked for before it was there is called, too, and what was away for a while. */
    private void learn(DialledAddress address) {
        seats.index().of(address).forEach(seat -> learned.found(seat.proxy.account(), address));
    }

    private Seats.Service retryIfFailed(Seat seat, Seats.Service service) {
        if (service == Seats.Service.FAILED) {
            failed.add(seat, clock.getAsLong());
        }
        return service;
    }
}
