package io.osmj.cli.policy;

import io.osmj.cli.offline.Pipeline;
import io.osmj.cli.policy.Verdict.Reason;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.service.Endpoint;
import io.osmj.core.service.MeshService;
import io.osmj.core.service.Share;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the caller's sidecar does with calls of one service: which pods it sends them to, in which parts, or why to none. */
final class CallingSidecar {
    private final Pipeline pipeline;
    private final Caller caller;
    private final MeshService service;
    private final Set<String> reachable;

    CallingSidecar(Pipeline pipeline, Caller caller, MeshService service) {
        this.pipeline = pipeline;
        this.caller = caller;
        this.service = service;
        this.reachable = reachable();
    }

    /** {@code address:port} of the pods that calls are sent to. Without a pod there is no plan that would say so. */
    private Set<String> reachable() {
        Optional<ProxyPlan> plan = caller.pod().map(pod -> pipeline.plans().get(pod.namespace() + "/" + pod.name()));
        if (plan.isEmpty()) {
            return service.answering().stream().map(CallingSidecar::key).collect(Collectors.toSet());
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

    /** Those behind the service that get calls of this caller. */
    List<Endpoint> called() {
        return service.answering().stream()
                .filter(endpoint -> reachable.contains(key(endpoint)))
                .toList();
    }

    /** That others answer calls of the service in place of its own pods, and which of them get none of this caller's. */
    Optional<Reason> sharing() {
        return pipeline.model().splits().stream()
                .filter(rule -> !service.shares().isEmpty()
                        && rule.namespace().equals(service.namespace())
                        && rule.service().equals(service.name()))
                .findFirst()
                .map(rule -> new Reason(
                        rule.origin() + " shares its calls out by weight: "
                                + service.shares().stream().map(this::words).collect(Collectors.joining(", ")) + ".",
                        Optional.of(rule.origin()),
                        pipeline.seen().whereIs(rule.origin())));
    }

    private String words(Share share) {
        boolean called = share.endpoints().stream().map(CallingSidecar::key).anyMatch(reachable::contains);
        return share.service() + " "
                + BigDecimal.valueOf(share.weight()).stripTrailingZeros().toPlainString()
                + (called ? "" : " (gets none of this caller's calls)");
    }

    /** Which rules there are for those behind the service, and why none is for this caller. */
    Verdict refusal(Request request) {
        boolean http = service.protocol().http();
        String how = http ? "The caller's sidecar answers 403." : Verdict.CLOSED;
        List<Endpoint> meshed =
                service.answering().stream().filter(Endpoint::meshed).toList();
        if (meshed.isEmpty()) {
            return Verdict.denied(
                    how,
                    "In strict mode nothing is sent to pods without a sidecar, as nobody there would keep the rules;"
                            + " none behind " + service.label() + " has one.");
        }
        List<Reason> reasons = new ArrayList<>();
        meshed.stream()
                .map(endpoint -> new NearMisses(pipeline, endpoint.account(), endpoint.port()))
                .flatMap(near -> near.of(caller.account(), http, request).stream())
                .distinct()
                .forEach(reasons::add);
        return Verdict.denied(how, reasons);
    }
}
