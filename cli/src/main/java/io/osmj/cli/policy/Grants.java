package io.osmj.cli.policy;

import io.osmj.cli.offline.Pipeline;
import io.osmj.cli.policy.Verdict.Decision;
import io.osmj.cli.policy.Verdict.Reason;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.plan.Authorization;
import io.osmj.core.plan.InboundPort;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.service.MeshService;
import io.osmj.core.state.PodState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the grants of one port of one pod come to for one caller and request. */
final class Grants {
    private final Pipeline pipeline;
    private final Caller caller;
    private final PodState pod;
    private final InboundPort port;
    private final Request request;

    Grants(Pipeline pipeline, Caller caller, PodState pod, InboundPort port, Request request) {
        this.pipeline = pipeline;
        this.caller = caller;
        this.pod = pod;
        this.port = port;
        this.request = request;
    }

    Verdict judge(Authorization.Granted granted, MeshService service) {
        SpiffeId identity = caller.account().in(pipeline.model().trustDomain());
        List<Authorization.Grant> forCaller = granted.grants().stream()
                .filter(grant -> grant.peers().contains(identity))
                .toList();
        List<Reason> certain = forCaller.stream()
                .flatMap(grant -> reasons(grant, Request.Fit.YES))
                .toList();
        if (!certain.isEmpty()) {
            return new Verdict(Decision.ALLOWED, "The call passes.", with(certain, tcpRemark()));
        }
        List<Reason> possible = forCaller.stream()
                .flatMap(grant -> reasons(grant, Request.Fit.PERHAPS))
                .toList();
        if (!possible.isEmpty()) {
            return new Verdict(
                    Decision.DEPENDS,
                    "Some requests pass, others are answered with 403; say more of the request.",
                    possible);
        }
        return Verdict.denied(
                port.http() ? "The callee's sidecar answers 403." : Verdict.CLOSED,
                new NearMisses(pipeline, pod.account(), port.port()).of(caller.account(), port.http(), request));
    }

    private Stream<Reason> reasons(Authorization.Grant grant, Request.Fit wanted) {
        if (!port.http()) {
            return wanted == Request.Fit.YES
                    ? Stream.of(reason(
                            grant, grant.origin() + " opens port " + port.port() + " to " + caller.account() + "."))
                    : Stream.empty();
        }
        return grant.requests().stream()
                .filter(match -> request.fits(match) == wanted)
                .map(match -> reason(grant, text(grant, match)));
    }

    private String text(Authorization.Grant grant, HttpMatch match) {
        return grant.origin() + " lets " + caller.account() + " send "
                + (match.any() ? "every request." : "requests with " + Matches.words(match) + ".");
    }

    private Optional<Reason> tcpRemark() {
        return port.http() || request.unknown()
                ? Optional.empty()
                : Optional.of(Reason.of("Port " + port.port()
                        + " is carried as TCP, so neither method, path nor headers of a request are looked at."));
    }

    private static List<Reason> with(List<Reason> reasons, Optional<Reason> remark) {
        List<Reason> all = new ArrayList<>(reasons);
        remark.ifPresent(all::add);
        return all;
    }

    /** The origin is words; the rule it was made from knows the object. */
    private Reason reason(Authorization.Grant grant, String text) {
        Optional<ObjectRef> object = pipeline.model().rules().stream()
                .map(rule -> rule.origin())
                .filter(origin -> origin.toString().equals(grant.origin()))
                .findFirst();
        return new Reason(text, object, object.flatMap(pipeline.seen()::whereIs));
    }
}
