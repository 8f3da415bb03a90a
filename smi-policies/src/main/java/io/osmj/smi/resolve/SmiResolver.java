package io.osmj.smi.resolve;

import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.policy.RouteObject;
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
 * Joins a traffic target with the routes it names. Routes are looked for in the target's own namespace only, and only the
 * matches a rule names count (OSM's rules). What cannot be found allows nothing.
 */
public final class SmiResolver {
    private final TrafficTarget target;
    private final Map<ObjectRef, HttpRouteGroup> groups;
    private final Map<ObjectRef, TcpRoute> routes;
    private final Map<ObjectRef, String> refused;
    private final List<Problem> problems = new ArrayList<>();
    private final List<RouteObject> named = new ArrayList<>();

    private SmiResolver(
            TrafficTarget target,
            Map<ObjectRef, HttpRouteGroup> groups,
            Map<ObjectRef, TcpRoute> routes,
            Map<ObjectRef, String> refused) {
        this.target = target;
        this.groups = groups;
        this.routes = routes;
        this.refused = refused;
    }

    /** One allow rule for each target, sorted. */
    public static Outcome<List<AllowRule>> resolve(SmiPolicies policies) {
        SmiBook book = new SmiBook();
        policies.routeGroups().forEach(group -> book.routeGroup(group.ref(), Optional.of(group)));
        policies.tcpRoutes().forEach(route -> book.tcpRoute(route.ref(), Optional.of(route)));
        policies.targets().forEach(target -> book.target(target.ref(), Optional.of(target)));
        List<AllowRule> rules = book.takeChanges().values().stream()
                .flatMap(Optional::stream)
                .sorted()
                .toList();
        return new Outcome<>(rules, book.problems());
    }

    /**
     * The allow rule of one target, among these routes.
     *
     * @param refused routes that were written and are none of these, with where it is said why
     */
    static Outcome<AllowRule> resolve(
            TrafficTarget target,
            Map<ObjectRef, HttpRouteGroup> groups,
            Map<ObjectRef, TcpRoute> routes,
            Map<ObjectRef, String> refused) {
        SmiResolver resolver = new SmiResolver(target, groups, routes, refused);
        AllowRule rule = resolver.rule();
        return new Outcome<>(rule, resolver.problems);
    }

    private AllowRule rule() {
        List<HttpMatch> http = new ArrayList<>();
        List<TcpRoute> tcp = new ArrayList<>();
        boolean namesTcp = false;
        for (int index = 0; index < target.rules().size(); index++) {
            String field = "spec.rules[" + index + "]";
            switch (target.rules().get(index)) {
                case TrafficTarget.HttpRule rule -> http.addAll(matches(rule, field));
                case TrafficTarget.TcpRule rule -> {
                    namesTcp = true;
                    route(rule, field).ifPresent(tcp::add);
                }
            }
        }
        TcpAllowance allowance = namesTcp ? ports(tcp) : anyPortIf(!http.isEmpty());
        return new AllowRule(target.ref(), target.destination(), target.sources(), http, allowance, named);
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

    private List<HttpMatch> matches(TrafficTarget.HttpRule rule, String field) {
        ObjectRef ref = target.named(rule);
        HttpRouteGroup group = groups.get(ref);
        if (group == null) {
            problems.add(missing(ref, field));
            return List.of();
        }
        List<HttpMatch> found = new ArrayList<>();
        for (int index = 0; index < rule.matches().size(); index++) {
            String name = rule.matches().get(index);
            HttpMatch match = group.matches().get(name);
            if (match == null) {
                problems.add(unknownMatch(group, name, field + ".matches[" + index + "]"));
            } else {
                found.add(match);
            }
        }
        named.add(new RouteObject(ref, found));
        return found;
    }

    private Optional<TcpRoute> route(TrafficTarget.TcpRule rule, String field) {
        ObjectRef ref = target.named(rule);
        TcpRoute route = routes.get(ref);
        if (route == null) {
            problems.add(missing(ref, field));
        } else {
            named.add(new RouteObject(ref, List.of()));
        }
        return Optional.ofNullable(route);
    }

    private Problem missing(ObjectRef ref, String field) {
        String why = refused.get(ref);
        return new Problem(
                ProblemCode.M2005,
                target.ref(),
                field + ".name",
                ref + (why == null ? " does not exist" : " is there and was refused, see " + why)
                        + ", so the rule allows nothing.",
                why == null ? "Create it in the target's namespace or correct the name." : "Mend that first.");
    }

    private Problem unknownMatch(HttpRouteGroup group, String name, String field) {
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
