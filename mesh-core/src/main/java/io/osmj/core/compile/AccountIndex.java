package io.osmj.core.compile;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.RetryRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The accounts that pods of the mesh run as, and what is to be said of rules that name others. Where there are no pods at all,
 * as in a folder of policies alone, nothing is.
 */
final class AccountIndex {
    private final Map<ServiceAccount, Integer> pods = new HashMap<>();
    private List<Problem> problems = List.of();
    private boolean current;

    void add(ServiceAccount account) {
        if (pods.merge(account, 1, Integer::sum) == 1) {
            current = false;
        }
    }

    void remove(ServiceAccount account) {
        if (pods.computeIfPresent(account, (_, count) -> count == 1 ? null : count - 1) == null) {
            current = false;
        }
    }

    void rulesChanged() {
        current = false;
    }

    /** What is wrong with these, which are all rules. */
    List<Problem> problems(Collection<AllowRule> rules, Collection<EgressRule> egress, Collection<RetryRule> retries) {
        if (!current) {
            problems = pods.isEmpty() ? List.of() : found(rules, egress, retries);
            current = true;
        }
        return problems;
    }

    private List<Problem> found(
            Collection<AllowRule> rules, Collection<EgressRule> egress, Collection<RetryRule> retries) {
        List<Problem> found = new ArrayList<>();
        for (AllowRule rule : rules) {
            if (!pods.containsKey(rule.destination())) {
                found.add(problem(
                        rule.origin(), "spec.destination", rule.destination(), "nobody can be called by this target"));
            }
            sources(rule.origin(), rule.sources(), "this source lets nobody in", found);
        }
        egress.forEach(rule -> sources(rule.origin(), rule.sources(), "this source lets nobody out", found));
        retries.stream()
                .filter(rule -> !pods.containsKey(rule.source()))
                .forEach(rule ->
                        found.add(problem(rule.origin(), "spec.source", rule.source(), "no call is tried again")));
        return found;
    }

    private void sources(ObjectRef origin, List<ServiceAccount> sources, String effect, List<Problem> found) {
        sources.stream()
                .filter(source -> !pods.containsKey(source))
                .forEach(source -> found.add(problem(origin, "spec.sources", source, effect)));
    }

    private static Problem problem(ObjectRef origin, String field, ServiceAccount account, String effect) {
        return new Problem(
                ProblemCode.M2017,
                origin,
                field,
                "No pod of the mesh runs as service account " + account + ", so " + effect + ".",
                "Compare it with serviceAccountName of the pods that are meant, and see that they have a sidecar.");
    }
}
