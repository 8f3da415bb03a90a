package io.osmj.controlplane.publish;

import static java.util.stream.Collectors.toSet;

import io.osmj.core.plan.Destination;
import io.osmj.core.plan.Planner;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All streams that are open, and what each is told. */
final class Seats {
    private static final Logger LOG = LoggerFactory.getLogger(Seats.class);

    private final SecretSource secrets;
    private final Rendering rendering = new Rendering();
    private final SeatIndex index = new SeatIndex();
    private final Lobby lobby = new Lobby();

    /** What became of serving one proxy. */
    enum Service {
        TOLD,
        SAME,
        NOT_SERVED,
        FAILED
    }

    Seats(SecretSource secrets) {
        this.secrets = secrets;
    }

    void add(Seat seat) {
        index.add(seat);
        lobby.add(seat);
    }

    void remove(Seat seat) {
        release(seat);
        seat.state = new Seat.Dismissed();
        index.remove(seat);
        lobby.remove(seat);
    }

    /** What was rendered for a stream alone is forgotten with it. */
    private void release(Seat seat) {
        if (seat.state instanceof Seat.Served served) {
            rendering.wholes().leave(served.plan());
        }
        seat.answers.clear();
    }

    SeatIndex index() {
        return index;
    }

    int size() {
        return index.all().size();
    }

    /** Serves a proxy whatever its plan is now. */
    Service serve(Seat seat, Planner planner) {
        Service service = attempt(seat, () -> plan(seat, planner));
        if (service != Service.FAILED && !(seat.state instanceof Seat.Waiting)) {
            lobby.remove(seat);
        }
        return service;
    }

    /** One proxy that cannot be served must not keep the others from being served. */
    private static Service attempt(Seat seat, Supplier<Service> service) {
        try {
            Service done = service.get();
            seat.failed = false;
            return done;
        } catch (RuntimeException e) {
            LOG.error(
                    "Cannot make the configuration of {}; it keeps what it has, and it is tried again", seat.proxy, e);
            seat.current = false;
            seat.failed = true;
            return Service.FAILED;
        }
    }

    private Service plan(Seat seat, Planner planner) {
        if (seat.state instanceof Seat.Dismissed) {
            return Service.NOT_SERVED;
        }
        Optional<ProxyPlan> planned =
                planner.plan(seat.proxy.podUid(), seat.asked().question());
        if (planned.isEmpty()) {
            if (seat.state instanceof Seat.Served) {
                release(seat);
                seat.dismiss("pod " + seat.proxy.pod() + " is gone or has left the mesh");
            }
            return Service.NOT_SERVED;
        }
        ProxyPlan plan = planned.get();
        if (!plan.identity().account().equals(seat.proxy.account())) {
            release(seat);
            seat.dismiss("the token is not of the service account of pod " + seat.proxy.pod());
            return Service.NOT_SERVED;
        }
        return tell(seat, plan);
    }

    private Service tell(Seat seat, ProxyPlan planned) {
        List<EnvoyResource> issued = secrets.secrets(planned.identity());
        Optional<Seat.Served> before =
                Optional.of(seat.state).filter(Seat.Served.class::isInstance).map(Seat.Served.class::cast);
        ProxyPlan plan = before.map(Seat.Served::plan).filter(planned::equals).orElse(planned);
        ResourceSet resources = rendering.of(plan, issued);
        rendering.wholes().take(plan, issued, resources);
        release(seat);
        seat.state = new Seat.Served(plan, resources);
        seat.current = true;
        if (before.map(Seat.Served::resources).filter(resources::equals).isPresent()) {
            return Service.SAME;
        }
        seat.tell(resources);
        return Service.TOLD;
    }

    /**
     * Answers a proxy that has asked, also when the answer is that nothing is known of it. What it has is not made again: that would
     * cost all it ever asked.
     */
    Service answer(Seat seat, Planner planner, Asked asked) {
        Service service = seat.current && seat.state instanceof Seat.Served served
                ? attempt(seat, () -> add(seat, served, planner, asked))
                : serve(seat, planner);
        if (service == Service.SAME && seat.state instanceof Seat.Served served) {
            seat.tell(served.resources());
        }
        return service;
    }

    private Service add(Seat seat, Seat.Served served, Planner planner, Asked asked) {
        Planner.Answer answer = planner.answer(seat.proxy.account(), asked.question());
        ResourceSet resources = served.resources().with(rendering.of(answer, served.plan()));
        if (resources.equals(served.resources())) {
            return Service.SAME;
        }
        seat.answers.addAll(answer.destinations());
        seat.state = new Seat.Served(served.plan(), resources);
        seat.tell(resources);
        return Service.TOLD;
    }

    /** A proxy keeps a certificate from before, up to its end. */
    void keeps(Seat seat, Instant end) {
        if (seat.state instanceof Seat.Served served) {
            secrets.kept(served.plan().identity(), end);
        }
    }

    Lobby lobby() {
        return lobby;
    }

    List<ConnectedProxy> connected(long now) {
        return index.all().stream().map(seat -> seat.view(now)).toList();
    }

    /** Tells the source of secrets whose are needed. */
    void census() {
        secrets.inUse(served().map(served -> served.plan().identity()).collect(toSet()));
    }

    /** Forgets what was rendered for nobody, when there may be much of it. */
    void tidy(Planner planner) {
        if (rendering.full() || planner.full()) {
            forget(planner);
        }
    }

    /** Forgets what was rendered for nobody. */
    void forget(Planner planner) {
        Set<Destination> inUse = Collections.newSetFromMap(new IdentityHashMap<>());
        rendering.wholes().plans().forEach(plan -> inUse.addAll(plan.destinations()));
        index.all().forEach(seat -> inUse.addAll(seat.answers));
        rendering.keep(rendering.wholes().plans(), inUse);
        planner.keep(inUse);
    }

    /** What is kept of what was rendered. */
    Rendering rendering() {
        return rendering;
    }

    private Stream<Seat.Served> served() {
        return index.all().stream()
                .map(seat -> seat.state)
                .filter(Seat.Served.class::isInstance)
                .map(Seat.Served.class::cast);
    }
}
