package io.osmj.core.compile;

import io.osmj.core.policy.RetryRule;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.service.MeshService;
import io.osmj.core.state.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What is wrong with what a retry rule names. */
final class RetryCheck {
    private final RetryRule rule;
    private final List<Problem> problems = new ArrayList<>();

    private RetryCheck(RetryRule rule) {
        this.rule = rule;
    }

    /** What is to be said of any rule while none takes effect. */
    static Problem switchedOff(RetryRule rule) {
        return new Problem(
                ProblemCode.M2016,
                rule.origin(),
                "spec",
                "spec.featureFlags.enableRetryPolicy of MeshConfig is off, so no call is tried again.",
                "Set it to true, or take the object out.");
    }

    /**
     * What is wrong with one rule.
     *
     * @param siblings all rules for the same account, sorted
     * @param services finds the ports of a service
     */
    static List<Problem> problems(
            RetryRule rule, List<RetryRule> siblings, Function<ObjectKey, List<MeshService>> services) {
        RetryCheck check = new RetryCheck(rule);
        List<RetryRule> earlier = siblings.subList(0, siblings.indexOf(rule));
        for (int index = 0; index < rule.destinations().size(); index++) {
            String field = "spec.destinations[" + index + "]";
            RetryRule.Service service = rule.destinations().get(index);
            check.destination(service, field, services.apply(new ObjectKey(service.namespace(), service.name())));
            earlier.stream()
                    .filter(other -> other.destinations().contains(service))
                    .findFirst()
                    .ifPresent(first -> check.second(first, service, field));
        }
        return check.problems;
    }

    private void destination(RetryRule.Service service, String field, List<MeshService> ports) {
        if (ports.isEmpty()) {
            add(
                    ProblemCode.M2033,
                    field,
                    "There is no service " + name(service) + " with a port that the mesh carries.",
                    "Name a service of a namespace of the mesh.");
        } else if (ports.stream().noneMatch(port -> port.protocol().http())) {
            add(
                    ProblemCode.M2036,
                    field,
                    "No port of service " + name(service)
                            + " is HTTP in the mesh, and only requests can be tried again.",
                    "If it speaks HTTP or gRPC, say so by appProtocol of its ports; else take it out.");
        }
    }

    private void second(RetryRule first, RetryRule.Service service, String field) {
        add(
                ProblemCode.M2011,
                field,
                first.origin() + " speaks of calls of " + rule.source() + " to service " + name(service)
                        + " too and is the first by age and name, so this object has no effect on them.",
                "Keep one of them.");
    }

    private static String name(RetryRule.Service service) {
        return service.namespace() + "/" + service.name();
    }

    private void add(ProblemCode code, String field, String message, String remedy) {
        problems.add(new Problem(code, rule.origin(), field, message, remedy));
    }
}
