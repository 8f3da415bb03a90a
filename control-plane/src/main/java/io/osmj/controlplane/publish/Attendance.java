package io.osmj.controlplane.publish;

import static java.util.stream.Collectors.toSet;

import io.osmj.core.service.DialledAddress;
import io.osmj.xds.resource.ResourceType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** The streams that proxies open, what they ask on them, and how each is served by the mesh as it is. Belongs to one thread. */
final class Attendance {
    private final LiveMesh mesh;
    private final Seats seats;
    private final Rounds rounds;
    private final Failed failed;
    private final PublicationObserver observer;
    private final LongSupplier clock;
    private final Learned learned = new Learned();

    /** @param clock nanoseconds since some moment before */
    Attendance(
            LiveMesh mesh,
            Seats seats,
            Rounds rounds,
            Failed failed,
            PublicationObserver observer,
            LongSupplier clock) {
        this.mesh = mesh;
        this.seats = seats;
        this.rounds = rounds;
        this.failed = failed;
        this.observer = observer;
        this.clock = clock;
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
            var _ = serve(seat);
            seats.tidy(mesh.planner());
        }
    }

    private int mostSeats() {
        int most = mesh.settings().sidecar().maxDataPlaneConnections();
        return most == 0 ? Integer.MAX_VALUE : most;
    }

    /** It is to have what its account's pods call before it asks for it. */
    void sendAhead(Seat seat) {
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
            var _ = retryIfFailed(seat, seats.answer(seat, mesh.planner(), asked));
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

    /** Serves a proxy whatever it is to have now. */
    Seats.Service serve(Seat seat) {
        return retryIfFailed(seat, seats.serve(seat, mesh.planner()));
    }

    private Seats.Service retryIfFailed(Seat seat, Seats.Service service) {
        if (service == Seats.Service.FAILED) {
            failed.add(seat, clock.getAsLong());
        }
        return service;
    }

    /** These addresses have changed. What was asked for before it was there is called, too, and what was away for a while. */
    void learn(Collection<DialledAddress> touched) {
        touched.stream().filter(mesh::has).forEach(this::learn);
    }

    private void learn(DialledAddress address) {
        seats.index().of(address).forEach(seat -> learned.found(seat.proxy.account(), address));
    }

    /** Forgets what nobody who is there has asked for, now and then. */
    void census() {
        seats.census();
        learned.retain(seats.index().accounts());
        seats.forget(mesh.planner());
    }
}
