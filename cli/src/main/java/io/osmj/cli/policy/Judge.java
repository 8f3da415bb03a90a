package io.osmj.cli.policy;

import io.osmj.cli.offline.Pipeline;
import io.osmj.cli.policy.Verdict.Decision;
import io.osmj.cli.policy.Verdict.Reason;
import io.osmj.core.service.Endpoint;
import io.osmj.core.service.MeshService;
import java.util.List;

/** Reads verdicts off the plans: first what the caller's sidecar does, then what that of each pod behind the service does. */
final class Judge {
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
        CallingSidecar calling = new CallingSidecar(pipeline, caller, service);
        Verdict verdict = meshed(calling, caller, service, request);
        Verdict shared = calling.sharing().map(verdict::and).orElse(verdict);
        return shared.decision() == Decision.DENIED
                ? shared
                : Limits.of(pipeline, service, request).map(shared::and).orElse(shared);
    }

    private Verdict meshed(CallingSidecar calling, Caller caller, MeshService service, Request request) {
        if (service.answering().isEmpty()) {
            return nobody(service);
        }
        List<Endpoint> called = calling.called();
        return called.isEmpty()
                ? calling.refusal(request)
                : Verdict.joined(called.stream()
                        .map(endpoint -> at(endpoint, caller, service, request))
                        .toList());
    }

    private static Verdict nobody(MeshService service) {
        return Verdict.denied("There is nobody to answer.", "No pod stands behind service " + service.label() + ".");
    }

    private Verdict at(Endpoint endpoint, Caller caller, MeshService service, Request request) {
        return endpoint.meshed()
                ? new CalledSidecar(pipeline, endpoint).called(caller, service, request)
                : Verdict.allowed(
                        "The call passes in plain text.",
                        "The callee has no sidecar; in permissive mode it is called all the same, and nobody keeps a"
                                + " rule.");
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
        Verdict verdict = Verdict.joined(meshed.stream()
                .map(endpoint -> new CalledSidecar(pipeline, endpoint).called(outside, service))
                .toList());
        return meshed.size() == service.endpoints().size()
                ? verdict
                : new Verdict(
                                verdict.decision() == Decision.ALLOWED ? Decision.ALLOWED : Decision.DEPENDS,
                                "It depends on which pod is called.",
                                verdict.reasons())
                        .and(Reason.of("Some pods behind the service have no sidecar."));
    }
}
