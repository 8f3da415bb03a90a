package io.osmj.cli.policy;

import io.osmj.cli.offline.Pipeline;
import io.osmj.core.plan.Authorization;
import io.osmj.core.plan.InboundPort;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.service.Endpoint;
import io.osmj.core.service.MeshService;
import io.osmj.core.state.PodState;
import java.util.Objects;
import java.util.Optional;

/** What the sidecar of one pod behind a service does with calls that come to it. */
final class CalledSidecar {
    private final Pipeline pipeline;
    private final PodState pod;
    private final int port;

    /** @param endpoint one with a sidecar */
    CalledSidecar(Pipeline pipeline, Endpoint endpoint) {
        this.pipeline = pipeline;
        this.port = endpoint.port();
        this.pod = pipeline.state().pods().stream()
                .filter(candidate -> candidate.meshed() && candidate.address().equals(endpoint.address()))
                .findFirst()
                .orElseThrow();
    }

    /** A call of a member of the mesh. */
    Verdict called(Caller caller, MeshService service, Request request) {
        return open().map(inbound -> switch (inbound.authorization()) {
                    case Authorization.AnyMeshPeer _ ->
                        Verdict.allowed(
                                "The call passes.",
                                "The mesh is in permissive mode: every workload with a sidecar may call.");
                    case Authorization.Granted granted ->
                        new Grants(pipeline, caller, pod, inbound, request).judge(granted, service);
                })
                .orElseGet(this::notOpened);
    }

    /** A call from outside the mesh. */
    Verdict called(FromOutside outside, MeshService service) {
        return open().map(inbound -> outside.at(pod, inbound, service.name())).orElseGet(this::notOpened);
    }

    private Optional<InboundPort> open() {
        ProxyPlan plan = Objects.requireNonNull(pipeline.plans().get(pod.namespace() + "/" + pod.name()));
        return plan.inbound().stream().filter(inbound -> inbound.port() == port).findFirst();
    }

    private Verdict notOpened() {
        return Verdict.denied(
                Verdict.CLOSED,
                "Port " + port + " of pod " + pod.namespace() + "/" + pod.name()
                        + (pod.loopbackPorts().contains(port)
                                ? " is daprd's own API, which is private to the pod and never opened to peers."
                                : " is not opened by its sidecar."));
    }
}
