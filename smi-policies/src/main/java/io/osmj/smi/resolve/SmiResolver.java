package io.osmj.smi.resolve;

import static java.util.stream.Collectors.toMap;

import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.policy.TcpAllowance;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.smi.read.HttpRouteGroup;
import io.osmj.smi.read.TcpRoute;
import io.osmj.smi.read.TrafficTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Joins traffic targets with the routes they name. Routes are looked for in the target's own namespace only, and only the
 * matches a rule names count (OSM's rules). What cannot be found allows nothing.
 */
public final class SmiResolver {
    private final SmiPolicies policies;
    private final Map<ObjectRef, HttpRouteGroup> groups;
    private final Map<ObjectRef, TcpRoute> routes;
    private final List<Problem> problems = new ArrayList<>();

    private SmiResolver(SmiPolicies policies) {
        this.policies = policies;
        this.groups = policies.routeGroups().stream()
                .collect(toMap(HttpRouteGroup::ref, group -> group, (first, _) -> first));
        this.routes = policies.tcpRoutes().stream().collect(toMap(TcpRoute::ref, route -> route, (first, _) -> first));
    }

    /** One allow rule for each target. */
    public static Outcome<List<AllowRule>> resolve(SmiPolicies policies) {
        SmiResolver resolver = new SmiResolver(policies);
        List<AllowRule> rules = resolver.policies.targets().stream()
                .map(resolver::rule)
                .sorted()
                .toList();
        return new Outcome<>(rules, resolver.problems);
    }

    private AllowRule rule(TrafficTarget target) {
        List<HttpMatch> http = new ArrayList<>();
        List<TcpRoute> tcp = new ArrayList<>();
        boolean namesTcp = false;
        for (int index = 0; index < target.rules().size(); index++) {
            String field = "spec.rules[" + index + "]";
            switch (target.rules().get(index)) {
                case TrafficTarget.HttpRule rule -> http.addAll(matches(target, rule, field));
                case TrafficTarget.TcpRule rule -> {
                    namesTcp = true;
                    route(target, rule, field).ifPresent(tcp::add);
                }
            }
        }
        TcpAllowance allowance = namesTcp ? ports(tcp) : anyPortIf(!http.isEmpty());
        return new AllowRule(target.ref(), target.destination(), target.sources(), http, allowance);
    }

    /** OSM opens every TCP port to the sources of a target that has HTTP rules only; here one of them must be found. */
    private static TcpAllowance anyPortIf(boolean allowsSomething) {
        return allowsSomething ? new TcpAllowance.AnyPort() : new TcpAllowance.Nothing();
    }

    private static TcpAllowance ports(List<TcpRoute> routes) {
        if (routes.isEmpty()) {
            return new TcpAllowance.Nothing();
        }
        return routes.stream().anyMatch(route -> route.ports().isEmpty())
                ? new TcpAllowance.AnyPort()
                : new TcpAllowance.Ports(
                        routes.stream().flatMap(route -> route.ports().stream()).toList());
    }

    private List<HttpMatch> matches(TrafficTarget target, TrafficTarget.HttpRule rule, String field) {
        ObjectRef ref = new ObjectRef("HTTPRouteGroup", target.ref().namespace(), rule.name());
        HttpRouteGroup group = groups.get(ref);
        if (group == null) {
            problems.add(missing(target, ref, field));
            return List.of();
        }
        List<HttpMatch> found = new ArrayList<>();
        for (int index = 0; index < rule.matches().size(); index++) {
            String name = rule.matches().get(index);
            HttpMatch match = group.matches().get(name);
            if (match == null) {
                problems.add(unknownMatch(target, group, name, field + ".matches[" + index + "]"));
            } else {
                found.add(match);
            }
        }
        return found;
    }

    private Optional<TcpRoute> route(TrafficTarget target, TrafficTarget.TcpRule rule, String field) {
        ObjectRef ref = new ObjectRef("TCPRoute", target.ref().namespace(), rule.name());
        TcpRoute route = routes.get(ref);
        if (route == null) {
            problems.add(missing(target, ref, field));
        }
        return Optional.ofNullable(route);
    }

    private static Problem missing(TrafficTarget target, ObjectRef ref, String field) {
        return new Problem(
                ProblemCode.M2005,
                target.ref(),
                field + ".name",
                ref + " does not exist, so the rule allows nothing.",
                "Create it in the target's namespace or correct the name.");
    }

    private static Problem unknownMatch(TrafficTarget target, HttpRouteGroup group, String name, String field) {
        return new Problem(
                ProblemCode.M2006,
                target.ref(),
                field,
                group.ref() + " has no usable match '" + name + "', so the rule allows nothing by that name.",
                group.matches().isEmpty()
                        ? "Add the match to the group."
                        : "Use one of: " + String.join(", ", group.matches().keySet()) + ".");
    }
}
