package io.osmj.cli.policy;

import io.osmj.cli.offline.Pipeline;
import io.osmj.cli.policy.Verdict.Decision;
import io.osmj.cli.policy.Verdict.Reason;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.EgressRule.By;
import io.osmj.core.problem.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a call leaves the mesh: what each Egress for the caller says of it. What they allow adds up. */
final class WayOut {
    private final Pipeline pipeline;
    private final Caller caller;
    private final Callee.External callee;
    private final Request request;

    WayOut(Pipeline pipeline, Caller caller, Callee.External callee, Request request) {
        this.pipeline = pipeline;
        this.caller = caller;
        this.callee = callee;
        this.request = request;
    }

    Verdict judge() {
        if (!caller.meshed()) {
            return Verdict.allowed(
                    "The call passes.", "The caller has no sidecar, so the mesh has no part in what leaves its pod.");
        }
        if (pipeline.model().settings().traffic().egress()) {
            return Verdict.allowed(
                    "The call leaves the mesh.",
                    "Mesh-wide egress is open (spec.traffic.enableEgress of MeshConfig), so no Egress is asked.");
        }
        List<Reason> certain = reasons(Request.Fit.YES);
        if (!certain.isEmpty()) {
            return new Verdict(Decision.ALLOWED, "The call leaves the mesh.", certain);
        }
        List<Reason> possible = reasons(Request.Fit.PERHAPS);
        if (!possible.isEmpty()) {
            return new Verdict(Decision.DEPENDS, "Some calls leave the mesh, others do not; say more of it.", possible);
        }
        return Verdict.denied(closed(), misses());
    }

    /** Where requests are seen on the port a request is answered. */
    private String closed() {
        boolean requests = own().flatMap(this::ports).anyMatch(By.HTTP_HOST::equals);
        return requests
                ? "The caller's sidecar answers a request with 403 and closes any other connection."
                : Verdict.CLOSED;
    }

    private Stream<EgressRule> own() {
        return pipeline.model().egress().stream().filter(rule -> rule.sources().contains(caller.account()));
    }

    private Stream<By> ports(EgressRule rule) {
        return rule.ports().stream()
                .filter(port -> port.number() == callee.port())
                .map(EgressRule.Port::by);
    }

    private EgressWord says(EgressRule rule, By by) {
        return EgressWord.of(rule, by, caller.account(), callee, request);
    }

    private List<Reason> reasons(Request.Fit wanted) {
        return own().flatMap(rule -> ports(rule)
                        .map(by -> says(rule, by))
                        .filter(word -> word.fit() == wanted)
                        .map(word -> reason(rule, word.text())))
                .toList();
    }

    /** What each policy for the caller lacks, which policies for others would do, and which may be broken. */
    private List<Reason> misses() {
        List<Reason> misses = new ArrayList<>();
        if (own().findAny().isEmpty()) {
            misses.add(Reason.of("Mesh-wide egress is closed and no Egress lets " + caller.account() + " out."));
        }
        own().forEach(rule -> misses.add(reason(
                rule,
                ports(rule)
                        .map(by -> says(rule, by).text())
                        .findFirst()
                        .orElseGet(() -> "opens other ports: "
                                + rule.ports().stream()
                                        .map(EgressRule.Port::number)
                                        .distinct()
                                        .toList()
                                + "."))));
        pipeline.model().egress().stream()
                .filter(rule -> !rule.sources().contains(caller.account()))
                .filter(rule -> ports(rule).anyMatch(by -> says(rule, by).fit() != Request.Fit.NO))
                .forEach(rule -> misses.add(
                        reason(rule, "lets " + rule.sources() + " out there, and not " + caller.account() + ".")));
        faulty().forEach(misses::add);
        return misses;
    }

    private Stream<Reason> faulty() {
        return pipeline.problems().stream()
                .filter(located -> located.problem().object().kind().equals("Egress"))
                .filter(located -> pipeline.model().egress().stream()
                        .noneMatch(
                                rule -> rule.origin().equals(located.problem().object())))
                .map(located -> new Reason(
                        located.problem().object() + " has a fault and is without effect: "
                                + located.problem().message(),
                        Optional.of(located.problem().object()),
                        pipeline.seen().whereIs(located.problem().object())));
    }

    private Reason reason(EgressRule rule, String text) {
        ObjectRef origin = rule.origin();
        return new Reason(
                origin + " " + text, Optional.of(origin), pipeline.seen().whereIs(origin));
    }
}
