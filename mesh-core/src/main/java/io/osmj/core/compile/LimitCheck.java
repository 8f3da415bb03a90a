package io.osmj.core.compile;

import io.osmj.core.policy.LimitRule;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.service.MeshService;
import io.osmj.core.state.ObjectKey;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with what a limit rule names. */
final class LimitCheck {
    private final LimitRule rule;
    private final List<Problem> problems = new ArrayList<>();

    private LimitCheck(LimitRule rule) {
        this.rule = rule;
    }

    /**
     * What is wrong with a rule.
     *
     * @param holding the rule that holds for its service
     * @param ports of its service
     */
    static List<Problem> problems(LimitRule rule, LimitRule holding, List<MeshService> ports) {
        LimitCheck check = new LimitCheck(rule);
        if (!holding.equals(rule)) {
            check.overruled(holding);
        } else if (ports.isEmpty()) {
            check.nobody();
        }
        return check.problems;
    }

    private void overruled(LimitRule holding) {
        add(
                ProblemCode.M2028,
                "spec.host",
                holding.origin() + " is for service " + name()
                        + " too and is the first, so this object takes no effect.",
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
