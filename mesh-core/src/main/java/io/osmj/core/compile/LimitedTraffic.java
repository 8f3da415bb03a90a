package io.osmj.core.compile;

import io.osmj.core.policy.ConnectionLimits;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.RateLimits;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.service.Claim;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.MeshService;
import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.PodState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The limit rules, and where they bind: in the sidecars of those who call a service, and of the pods behind it. */
public final class LimitedTraffic {
    private final LimitIndex limits = new LimitIndex();
    private final ClaimIndex claims;
    private final RuleIndex rules;
    private final PodIndex pods;
    private final Function<ObjectKey, List<MeshService>> services;

    /** @param services finds the ports of a service, as calls of it are shared out */
    LimitedTraffic(ClaimIndex claims, RuleIndex rules, PodIndex pods, Function<ObjectKey, List<MeshService>> services) {
        this.claims = claims;
        this.rules = rules;
        this.pods = pods;
        this.services = services;
    }

    /** Takes over how rules are now; to be called when the claims are current. */
    void take(Map<ObjectRef, Optional<LimitRule>> seen, boolean whole, Touched touched) {
        limits.take(seen, whole, touched).forEach((service, before) -> {
            Optional<LimitRule> now = limits.of(service);
            if (!LimitIndex.connections(before).equals(LimitIndex.connections(now))) {
                touched.services().add(service);
                addresses(service).forEach(address -> touchCallers(address, touched));
            }
            if (!LimitIndex.sameRates(before, now)) {
                services.apply(service).stream()
                        .flatMap(port -> port.endpoints().stream())
                        .forEach(pod -> touched.pods().addAll(pods.servedAt(pod.address())));
            }
        });
    }

    /** Where the service's own word holds. */
    private Stream<DialledAddress> addresses(ObjectKey service) {
        return services.apply(service).stream()
                .flatMap(port -> Claim.of(port).keySet().stream()
                        .filter(address -> claims.addresses()
                                .at(address)
                                .filter(claim -> claim.service().equals(port.identity()))
                                .isPresent()));
    }

    private void touchCallers(DialledAddress address, Touched touched) {
        touched.addresses().add(address);
        claims.addresses().at(address).stream()
                .flatMap(claim -> AddressIndex.accounts(claim).stream())
                .forEach(account -> touched.callers().addAll(rules.callers(account)));
    }

    /** What callers of a service allow themselves. */
    public ConnectionLimits to(MeshService.Identity service) {
        return limits.none()
                ? ConnectionLimits.NONE
                : LimitIndex.connections(limits.of(new ObjectKey(service.namespace(), service.name())));
    }

    /** How much a port of a pod takes: of the services of its namespace that lead there, the oldest rule with rates counts. */
    public RateLimits of(PodState pod, int port) {
        return rule(pod, port).map(LimitRule::rates).orElse(RateLimits.NONE);
    }

    /** The rule by which callers of a service limit themselves. */
    public Optional<LimitRule> rule(MeshService.Identity service) {
        return limits.of(new ObjectKey(service.namespace(), service.name()));
    }

    /** The rule by which a port of a pod is limited. */
    public Optional<LimitRule> rule(PodState pod, int port) {
        return limits.none() ? Optional.empty() : at(pod.namespace(), new DialledAddress(pod.address(), port));
    }

    private Optional<LimitRule> at(String namespace, DialledAddress address) {
        return claims.services(address).stream()
                .filter(service -> service.namespace().equals(namespace))
                .flatMap(service -> limits.of(service).stream())
                .filter(rule -> !rule.rates().equals(RateLimits.NONE))
                .min(Comparator.naturalOrder());
    }

    /** The rules that hold, sorted by their service. */
    List<LimitRule> holding() {
        return limits.holding();
    }

    List<Problem> problems() {
        return limits.all().stream().flatMap(rule -> problems(rule).stream()).toList();
    }

    private List<Problem> problems(LimitRule rule) {
        ObjectKey service = LimitIndex.service(rule);
        return LimitCheck.problems(
                rule,
                new LimitCheck.Surroundings(
                        limits.of(service).orElse(rule),
                        services.apply(service),
                        address -> at(rule.namespace(), address)));
    }
}
