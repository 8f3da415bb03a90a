package io.osmj.controlplane.publish;

import static java.util.stream.Collectors.toSet;

import io.osmj.core.plan.Planner;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All streams that are open, and what each is told. */
final class Seats {
    private static final Logger LOG = LoggerFactory.getLogger(Seats.class);

    private final SecretSource secrets;
    private final Rendering rendering = new Rendering();
    private final Set<Seat> seats = new LinkedHashSet<>();

    /** What became of serving one proxy. */
    enum Service {
        TOLD,
        SAME,
        NOT_SERVED,
        FAILED
    }

    /** How many proxies were told something, and for how many it failed. */
    record Round(int told, int failed) {}

    Seats(SecretSource secrets) {
        this.secrets = secrets;
    }

    void add(Seat seat) {
        seats.add(seat);
    }

    void remove(Seat seat) {
        seats.remove(seat);
        forgetUnused();
    }

    int size() {
        return seats.size();
    }

    Round serveAll(Planner planner) {
        int told = 0;
        int failed = 0;
        for (Seat seat : seats) {
            Service service = serve(seat, planner);
            told += service == Service.TOLD ? 1 : 0;
            failed += service == Service.FAILED ? 1 : 0;
        }
        forgetUnused();
        return new Round(told, failed);
    }

    /** One proxy that cannot be served must not keep the others from being served. */
    Service serve(Seat seat, Planner planner) {
        try {
            return plan(seat, planner);
        } catch (RuntimeException e) {
            LOG.error(
                    "Cannot make the configuration of {}; it keeps what it has, and it is tried again", seat.proxy, e);
            return Service.FAILED;
        }
    }

    private Service plan(Seat seat, Planner planner) {
        if (seat.state instanceof Seat.Dismissed) {
            return Service.NOT_SERVED;
        }
        Optional<Outcome<ProxyPlan>> planned = planner.plan(seat.proxy.podUid());
        if (planned.isEmpty()) {
            if (seat.state instanceof Seat.Served) {
                seat.dismiss("pod " + seat.proxy.pod() + " is gone or has left the mesh");
            }
            return Service.NOT_SERVED;
        }
        ProxyPlan plan = planned.get().value();
        if (!plan.identity().account().equals(seat.proxy.account())) {
            seat.dismiss("the token is not of the service account of pod " + seat.proxy.pod());
            return Service.NOT_SERVED;
        }
        seat.problems = planned.get().problems();
        return tell(seat, plan);
    }

    private Service tell(Seat seat, ProxyPlan plan) {
        List<EnvoyResource> issued = secrets.secrets(plan.identity());
        if (seat.state instanceof Seat.Served served && served.equalTo(plan, issued)) {
            return Service.SAME;
        }
        ResourceSet resources = rendering.of(plan, issued);
        boolean same =
                seat.state instanceof Seat.Served served && served.resources().equals(resources);
        seat.state = new Seat.Served(plan, issued, resources);
        if (same) {
            return Service.SAME;
        }
        seat.watcher.changed(resources, seat.answered);
        return Service.TOLD;
    }

    /** When the first of those that wait has waited long enough. */
    long patienceEnds(Duration patience) {
        return seats.stream()
                .filter(seat -> seat.state instanceof Seat.Waiting)
                .mapToLong(seat -> seat.since + patience.toNanos())
                .min()
                .orElse(Debounce.NEVER);
    }

    /** Sends those away that wait since a moment or longer. */
    void dismissUnknown(long since, boolean stateKnown) {
        for (Seat seat : seats) {
            if (seat.state instanceof Seat.Waiting && seat.since <= since) {
                if (stateKnown) {
                    seat.dismiss("pod " + seat.proxy.pod() + " is not known to be a pod of this mesh with a sidecar");
                } else {
                    seat.postpone("the control plane has not read the cluster yet");
                }
            }
        }
    }

    List<Problem> problems() {
        return seats.stream().flatMap(seat -> seat.problems.stream()).toList();
    }

    List<ConnectedProxy> connected(long now) {
        return seats.stream().map(seat -> seat.view(now)).toList();
    }

    /** Tells the source of secrets whose are needed. */
    void census() {
        secrets.inUse(served().map(served -> served.plan().identity()).collect(toSet()));
    }

    private void forgetUnused() {
        rendering.keep(served().map(Seat.Served::resources).toList());
    }

    private Stream<Seat.Served> served() {
        return seats.stream()
                .map(seat -> seat.state)
                .filter(Seat.Served.class::isInstance)
                .map(Seat.Served.class::cast);
    }
}
