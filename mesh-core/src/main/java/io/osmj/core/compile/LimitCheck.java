package io.osmj.core.compile;

import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.RateLimits;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.MeshService;
import io.osmj.core.state.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
     * @param limiting finds the rule by which an address of a pod limits what comes
     */
    record Surroundings(
            LimitRule holding, List<MeshService> ports, Function<DialledAddress, Optional<LimitRule>> limiting) {}

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
            check.shared();
            check.requests();
        }
        return check.problems;
    }

    private void requests() {
        if (rule.rates().requests().isEmpty()
                || around.ports().stream().anyMatch(port -> port.protocol().http())) {
            return;
        }
        boolean byPath = rule.rates().requests().stream()
                .anyMatch(limit -> !limit.pathRegex().isEmpty());
        add(
                ProblemCode.M2030,
                byPath ? "spec.httpRoutes" : "spec.rateLimit.local.http",
                "No port of service " + name()
                        + " is HTTP in the mesh, so there are no requests that could be counted.",
                "If it speaks HTTP or gRPC, say so by appProtocol of its ports; else limit its connections by local.tcp.");
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
