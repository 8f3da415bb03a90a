package io.osmj.core.compile;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.RateLimits;
import io.osmj.core.policy.RequestLimit;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.Endpoint;
import io.osmj.core.service.MeshService;
import io.osmj.core.state.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is wrong with what a limit rule names. */
final class LimitCheck {
    private final LimitRule rule;
    private final Surroundings around;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * What a rule is held against.
     *
     * @param holding the rule that holds for its service
     * @param ports of its service
     * @param requests finds the requests that rules let others send to an account
     * @param limiting finds the rule by which an address of a pod limits what comes
     */
    record Surroundings(
            LimitRule holding,
            List<MeshService> ports,
            Function<ServiceAccount, Stream<HttpMatch>> requests,
            Function<DialledAddress, Optional<LimitRule>> limiting) {}

    private LimitCheck(LimitRule rule, Surroundings around) {
        this.rule = rule;
        this.around = around;
    }

    static List<Problem> problems(LimitRule rule, Surroundings around) {
        LimitCheck check = new LimitCheck(rule, around);
        if (!around.holding().equals(rule)) {
            check.overruled(around.holding());
        } else if (around.ports().isEmpty()) {
            check.nobody();
        } else {
            check.paths();
            check.shared();
        }
        return check.problems;
    }

    /** Of a service without pods nobody can say which requests it is sent. */
    private void paths() {
        List<Endpoint> pods = around.ports().stream()
                .filter(port -> port.protocol().http())
                .flatMap(port -> port.endpoints().stream())
                .filter(Endpoint::meshed)
                .toList();
        Set<String> sent = pods.stream()
                .map(Endpoint::account)
                .distinct()
                .flatMap(around.requests())
                .map(HttpMatch::pathRegex)
                .collect(Collectors.toSet());
        for (RequestLimit limit : rule.rates().requests()) {
            if (!pods.isEmpty() && !limit.pathRegex().isEmpty() && !sent.contains(limit.pathRegex())) {
                add(
                        ProblemCode.M2030,
                        "spec.httpRoutes[" + limit.pathRegex() + "]",
                        "No match of an HTTPRouteGroup that counts for calls of " + name()
                                + " has this pathRegex, letter by"
                                + " letter, so this limit has no effect. None counts in permissive mode, nor where a"
                                + " TrafficTarget lets every request in.",
                        "Write the pathRegex of a match there, or .* for every request.");
            }
        }
    }

    private void shared() {
        if (rule.rates().equals(RateLimits.NONE)) {
            return;
        }
        around.ports().stream()
                .flatMap(port -> port.endpoints().stream())
                .map(pod -> around.limiting().apply(new DialledAddress(pod.address(), pod.port())))
                .flatMap(Optional::stream)
                .filter(other -> !other.equals(rule))
                .min(Comparator.naturalOrder())
                .ifPresent(other -> add(
                        ProblemCode.M2031,
                        "spec.host",
                        "Service " + other.service()
                                + " leads to the same port of the same pods, and there the rates of " + other.origin()
                                + " count, which is the first.",
                        "Say all rates of the port in one of the two."));
    }

    private void overruled(LimitRule holding) {
        add(
                ProblemCode.M2028,
                "spec.host",
                holding.origin() + " is for service " + name()
                        + " too and comes first, by age or else by name, so this object takes no effect.",
                "Put all limits of a service into one object.");
    }

    private void nobody() {
        add(
                ProblemCode.M2027,
                "spec.host",
                "There is no service " + name() + " with a port that the mesh carries, so nothing is limited.",
                "Name a service of the namespace of this object.");
    }

    private String name() {
        ObjectKey service = LimitIndex.service(rule);
        return service.namespace() + "/" + service.name();
    }

    private void add(ProblemCode code, String field, String message, String remedy) {
        problems.add(new Problem(code, rule.origin(), field, message, remedy));
    }
}
