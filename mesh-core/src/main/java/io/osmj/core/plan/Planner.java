package io.osmj.core.plan;

import io.osmj.core.compile.MeshModel;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.state.PodState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the plan of one pod's proxy. */
public final class Planner {
    private final InboundPlanner inbound;
    private final OutboundPlanner outbound;
    private final MeshModel model;

    /** A planner for one model; it holds indexes, so it is made once for each model. */
    public Planner(MeshModel model) {
        this.model = model;
        this.inbound = new InboundPlanner(model);
        this.outbound = new OutboundPlanner(model);
    }

    /** The plan of the pod with this UID; empty when the mesh knows no such meshed pod. */
    public Optional<Outcome<ProxyPlan>> plan(String podUid) {
        return Optional.ofNullable(model.pods().get(podUid)).map(this::plan);
    }

    private Outcome<ProxyPlan> plan(PodState pod) {
        MeshSettings.Traffic traffic = model.settings().traffic();
        List<Problem> problems = new ArrayList<>();
        ProxyPlan plan = new ProxyPlan(
                pod.account().in(model.trustDomain()),
                model.settings().sidecar().tls(),
                inbound.ports(pod, problems),
                outbound.destinations(pod.account(), problems),
                !traffic.permissive(),
                traffic.egress(),
                pod.metrics());
        return new Outcome<>(plan, problems);
    }
}
