package io.osmj.core.compile;

import io.osmj.core.identity.TrustDomain;
import io.osmj.core.policy.Ingress;
import io.osmj.core.policy.IngressRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.PodState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ingress rules, and what they open: ports of pods, to callers from outside the mesh. */
public final class IngressTraffic {
    private final IngressIndex rules = new IngressIndex();
    private final TrustDomain trustDomain;
    private final ServiceIndex services;
    private final ClaimIndex claims;
    private final PodIndex pods;

    IngressTraffic(TrustDomain trustDomain, ServiceIndex services, ClaimIndex claims, PodIndex pods) {
        this.trustDomain = trustDomain;
        this.services = services;
        this.claims = claims;
        this.pods = pods;
    }

    /**
     * Takes over how rules are now; to be called when the services are current.
     *
     * @param answered services for which others answer than before
     */
    void take(Map<ObjectRef, Optional<IngressRule>> seen, boolean whole, Set<ObjectKey> answered, Touched touched) {
        Set<ObjectKey> open = rules.take(seen, whole, touched);
        open.addAll(rules.openTo(answered));
        open.forEach(service ->
                services.behind(service).forEach(pod -> touched.pods().addAll(pods.servedAt(pod.address()))));
    }

    /**
     * Who may come to a port of a pod from outside the mesh, sorted. Only objects of the pod's own namespace count: a service may say
     * of itself that others' pods answer for it.
     */
    public List<Ingress> to(PodState pod, int port) {
        if (rules.all().isEmpty()) {
            return List.of();
        }
        return claims.services(new DialledAddress(pod.address(), port)).stream()
                .filter(service -> service.namespace().equals(pod.namespace()))
                .flatMap(service -> rules.to(service).stream()
                        .map(rule -> new IngressCompiler(rule, trustDomain, services::endpoints))
                        .flatMap(rule -> rule.to(service.name(), port).stream()))
                .sorted()
                .toList();
    }

    List<Problem> problems() {
        var around = new IngressCheck.Surroundings(
                trustDomain, services::endpoints, services::ports, claims.addresses()::at);
        return rules.all().stream()
                .flatMap(rule -> IngressCheck.problems(rule, around).stream())
                .toList();
    }
}
