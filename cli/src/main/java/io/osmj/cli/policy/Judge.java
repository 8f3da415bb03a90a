package io.osmj.cli.policy;

import io.osmj.cli.offline.Pipeline;
import io.osmj.cli.policy.Verdict.Decision;
import io.osmj.cli.policy.Verdict.Reason;
import io.osmj.core.plan.Authorization;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.InboundPort;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.service.Endpoint;
import io.osmj.core.service.MeshService;
import io.osmj.core.state.PodState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads verdicts off the plans: first what the caller's sidecar does, then what that of each pod behind the service does. */
final class Judge {
    private static final String CLOSED = "The connection is closed.";
    private static final String REFUSED = "The caller's sidecar answers 403.";

    private final Pipeline pipeline;
    private final boolean permissive;

    Judge(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.permissive = pipeline.model().settings().traffic().permissive();
    }

    /** The mode in a word. */
    String mode() {
        return permissive ? "permissive" : "strict";
    }

    Verdict judge(Caller caller, Callee callee, Request request) {
        Verdict verdict = switch (callee) {
            case Callee.Member(MeshService service) -> judge(caller, service, request);
            case Callee.Outsider outsider ->
                Outside.called(
                        caller, outsider, pipeline.model().settings().traffic().egress());
            case Callee.External external -> new WayOut(pipeline, caller, external, request).judge();
        };
        return caller.outside().map(Outside::caller).map(verdict::and).orElse(verdict);
    }

    private Verdict judge(Caller caller, MeshService service, Request request) {
        if (!caller.meshed()) {
            return service.endpoints().isEmpty() ? nobody(service) : withoutSidecar(caller, service);
        }
        Verdict verdict = meshed(caller, service, request);
        Verdict shared = split(caller, service).map(verdict::and).orElse(verdict);
        return shared.decision() == Decision.DENIED
                ? shared
                : Limits.of(pipeline, service).map(shared::and).orElse(shared);
    }

    private Verdict meshed(Caller caller, MeshService service, Request request) {
        if (service.answering().isEmpty()) {
            return nobody(service);
        }
        Set<String> reachable = reachable(caller, service);
        if (reachable.isEmpty()) {
            return refusedByCaller(caller, service, request);
        }
        List<Verdict> each = service.answering().stream()
                .filter(endpoint -> reachable.contains(key(endpoint)))
                .map(endpoint -> at(endpoint, caller, service, request))
                .toList();
        return joined(each);
    }

    private static Verdict nobody(MeshService service) {
        return Verdict.denied("There is nobody to answer.", "No pod stands behind service " + service.label() + ".");
    }

    /** That others answer calls of a service in place of its own pods, and which of them this caller's sidecar leaves out. */
    private Optional<Reason> split(Caller caller, MeshService service) {
        Set<String> reachable = reachable(caller, service);
        return pipeline.model().splits().stream()
                .filter(rule -> !service.shares().isEmpty()
                        && rule.namespace().equals(service.namespace())
                        && rule.service().equals(service.name()))
                .findFirst()
                .map(rule -> new Reason(
                        rule.origin() + " shares its calls out by weight: "
                                + service.shares().stream()
                                        .map(share -> share.service() + " "
                                                + BigDecimal.valueOf(share.weight())
                                                        .stripTrailingZeros()
                                                        .toPlainString()
                                                + (share.endpoints().stream()
                                                                .map(Judge::key)
                                                                .anyMatch(reachable::contains)
                                                        ? ""
                                                        : " (gets none of this caller's calls)"))
                                        .collect(Collectors.joining(", "))
                                + ".",
                        Optional.of(rule.origin()),
                        pipeline.seen().whereIs(rule.origin())));
    }

    /** {@code address:port} of the pods that the caller's sidecar sends calls to. Without a pod there is no such plan. */
    private Set<String> reachable(Caller caller, MeshService service) {
        Optional<ProxyPlan> plan = caller.pod().map(pod -> pipeline.plans().get(pod.namespace() + "/" + pod.name()));
        if (plan.isEmpty()) {
            return service.answering().stream().map(Judge::key).collect(Collectors.toSet());
        }
        return plan.get().destinations().stream()
                .filter(destination -> destination.label().equals(service.label()))
                .flatMap(destination -> switch (destination.access()) {
                    case Destination.Denied _, Destination.Passthrough _, Destination.ByName _ ->
                        Stream.<Destination.Backend>empty();
                    case Destination.Allowed allowed -> allowed.backends().stream();
                })
                .filter(backend -> backend.weight() > 0)
                .map(backend -> backend.address() + ":" + backend.port())
                .collect(Collectors.toSet());
    }

    private static String key(Endpoint endpoint) {
        return endpoint.address() + ":" + endpoint.port();
    }

    /** Which rules there are for those behind the service, and why none is for this caller. */
    private Verdict refusedByCaller(Caller caller, MeshService service, Request request) {
        List<Reason> reasons = new ArrayList<>();
        boolean anyMeshed = service.answering().stream().anyMatch(Endpoint::meshed);
        if (!anyMeshed) {
            reasons.add(
                    Reason.of("In strict mode nothing is sent to pods without a sidecar, as nobody there would keep the"
                            + " rules; none behind " + service.label() + " has one."));
        } else {
            service.answering().stream()
                    .filter(Endpoint::meshed)
                    .map(endpoint -> new NearMisses(pipeline, endpoint.account(), endpoint.port()))
                    .flatMap(
                            near -> near.of(caller.account(), service.protocol().http(), request).stream())
                    .distinct()
                    .forEach(reasons::add);
        }
        return Verdict.denied(service.protocol().http() ? REFUSED : CLOSED, reasons);
    }

    private Verdict withoutSidecar(Caller caller, MeshService service) {
        String reason = caller.pod()
                .map(pod -> pipeline.seen().withoutSidecar().get(pod.namespace() + "/" + pod.name()))
                .map(why -> " " + why)
                .orElse("");
        List<Endpoint> meshed =
                service.endpoints().stream().filter(Endpoint::meshed).toList();
        if (meshed.isEmpty()) {
            return Verdict.allowed(
                    "The call passes in plain text.",
                    "Neither side has a sidecar, so the mesh has no part in it." + reason);
        }
        var outside = new FromOutside(
                pipeline,
                caller,
                "The caller has no sidecar and so no certificate, and the sidecar of the callee takes no other connection, in"
                        + " permissive mode neither." + reason);
        Verdict verdict = joined(meshed.stream()
                .map(endpoint -> open(endpoint)
                        .map(port -> outside.at(pod(endpoint), port, service.name()))
                        .orElseGet(() -> notOpened(endpoint)))
                .toList());
        return meshed.size() == service.endpoints().size()
                ? verdict
                : new Verdict(
                                verdict.decision() == Decision.ALLOWED ? Decision.ALLOWED : Decision.DEPENDS,
                                "It depends on which pod is called.",
                                verdict.reasons())
                        .and(Reason.of("Some pods behind the service have no sidecar."));
    }

    private Verdict at(Endpoint endpoint, Caller caller, MeshService service, Request request) {
        if (!endpoint.meshed()) {
            return Verdict.allowed(
                    "The call passes in plain text.",
                    "The callee has no sidecar; in permissive mode it is called all the same, and nobody keeps a rule.");
        }
        Optional<InboundPort> port = open(endpoint);
        if (port.isEmpty()) {
            return notOpened(endpoint);
        }
        return switch (port.get().authorization()) {
            case Authorization.AnyMeshPeer _ ->
                Verdict.allowed(
                        "The call passes.", "The mesh is in permissive mode: every workload with a sidecar may call.");
            case Authorization.Granted granted ->
                new Grants(pipeline, caller, pod(endpoint), port.get(), request).judge(granted, service);
        };
    }

    private PodState pod(Endpoint endpoint) {
        return pipeline.state().pods().stream()
                .filter(candidate -> candidate.meshed() && candidate.address().equals(endpoint.address()))
                .findFirst()
                .orElseThrow();
    }

    private Optional<InboundPort> open(Endpoint endpoint) {
        return plan(pod(endpoint)).inbound().stream()
                .filter(inbound -> inbound.port() == endpoint.port())
                .findFirst();
    }

    private Verdict notOpened(Endpoint endpoint) {
        PodState pod = pod(endpoint);
        return Verdict.denied(
                CLOSED,
                "Port " + endpoint.port() + " of pod " + pod.namespace() + "/" + pod.name()
                        + (pod.loopbackPorts().contains(endpoint.port())
                                ? " is daprd's own API, which is private to the pod and never opened to peers."
                                : " is not opened by its sidecar."));
    }

    private ProxyPlan plan(PodState pod) {
        return Objects.requireNonNull(pipeline.plans().get(pod.namespace() + "/" + pod.name()));
    }

    private static Verdict joined(List<Verdict> each) {
        Set<Decision> decisions =
                each.stream().map(Verdict::decision).collect(Collectors.toCollection(LinkedHashSet::new));
        List<Reason> reasons = each.stream()
                .flatMap(verdict -> verdict.reasons().stream())
                .distinct()
                .toList();
        Verdict first = each.getFirst();
        return decisions.size() == 1
                ? new Verdict(first.decision(), first.how(), reasons)
                : new Verdict(Decision.DEPENDS, "It depends on which pod behind the service is called.", reasons);
    }
}
