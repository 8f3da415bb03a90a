package io.osmj.smi.resolve;

import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.policy.RouteObject;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.smi.read.EgressPolicy;
import io.osmj.smi.read.HttpRouteGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The Egress policies as they are now and the rules they make together with the route groups they name. There are few of them, so a
 * group that changes works out all that name one anew. Belongs to one thread.
 */
public final class EgressBook {
    private final Map<ObjectRef, EgressPolicy> policies = new HashMap<>();
    private final Map<ObjectRef, HttpRouteGroup> groups = new HashMap<>();
    private final Map<ObjectRef, Outcome<EgressRule>> resolved = new HashMap<>();
    private final Set<ObjectRef> stale = new HashSet<>();

    /** A policy is so now; empty when it is gone or takes no effect. */
    public void policy(ObjectRef ref, Optional<EgressPolicy> now) {
        now.ifPresentOrElse(policy -> policies.put(ref, policy), () -> policies.remove(ref));
        stale.add(ref);
    }

    /** An HTTPRouteGroup is so now; empty when it is gone. */
    public void routeGroup(ObjectRef ref, Optional<HttpRouteGroup> now) {
        now.ifPresentOrElse(group -> groups.put(ref, group), () -> groups.remove(ref));
        policies.forEach((naming, policy) -> {
            if (policy.groups().stream().anyMatch(group -> group.ref().equals(ref))) {
                stale.add(naming);
            }
        });
    }

    /** The rules of the policies that were concerned since the last call, by the policy; empty where it gives none any more. */
    public Map<ObjectRef, Optional<EgressRule>> takeChanges() {
        Map<ObjectRef, Optional<EgressRule>> changes = new TreeMap<>();
        for (ObjectRef ref : stale) {
            EgressPolicy policy = policies.get(ref);
            if (policy == null) {
                resolved.remove(ref);
                changes.put(ref, Optional.empty());
            } else {
                Outcome<EgressRule> rule = resolve(policy);
                resolved.put(ref, rule);
                changes.put(ref, Optional.of(rule.value()));
            }
        }
        stale.clear();
        return changes;
    }

    private Outcome<EgressRule> resolve(EgressPolicy policy) {
        List<Problem> problems = new ArrayList<>();
        List<HttpMatch> requests = new ArrayList<>();
        List<RouteObject> routes = new ArrayList<>();
        if (policy.groups().isEmpty()) {
            requests.add(HttpMatch.ANY);
        }
        for (EgressPolicy.Group named : policy.groups()) {
            HttpRouteGroup group = groups.get(named.ref());
            if (group == null) {
                problems.add(missing(policy, named));
            } else {
                requests.addAll(group.matches().values());
                routes.add(
                        new RouteObject(group.ref(), List.copyOf(group.matches().values())));
            }
        }
        EgressRule rule = new EgressRule(
                policy.ref(), policy.sources(), policy.hosts(), policy.ranges(), policy.ports(), requests, routes);
        return new Outcome<>(rule, problems);
    }

    private static Problem missing(EgressPolicy policy, EgressPolicy.Group named) {
        return new Problem(
                ProblemCode.M2005,
                policy.ref(),
                named.field(),
                named.ref() + " does not exist, so no request leaves by it.",
                "Create it in the policy's namespace or correct the name.");
    }

    /** What is wrong with the rules of all policies as of the last {@link #takeChanges}. */
    public List<Problem> problems() {
        return resolved.values().stream()
                .flatMap(rule -> rule.problems().stream())
                .toList();
    }
}
