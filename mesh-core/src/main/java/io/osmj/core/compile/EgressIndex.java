package io.osmj.core.compile;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The egress rules by whom they let out. */
final class EgressIndex {
    private final Table<ObjectRef, EgressRule> rules = new Table<>();
    private final Map<ServiceAccount, TreeSet<EgressRule>> bySource = new HashMap<>();

    /** Takes over how rules are now; tells whether any differs. */
    boolean take(Map<ObjectRef, Optional<EgressRule>> seen, boolean whole, Touched touched) {
        Map<ObjectRef, Optional<EgressRule>> differing = rules.take(seen, whole);
        differing.forEach((ref, before) -> {
            before.ifPresent(rule -> remove(rule, touched));
            touched.policies().add(ref);
            rules.find(ref).ifPresent(rule -> add(rule, touched));
        });
        return !differing.isEmpty();
    }

    private void remove(EgressRule rule, Touched touched) {
        touched.leavers().addAll(rule.sources());
        for (ServiceAccount source : rule.sources()) {
            bySource.computeIfPresent(source, (_, own) -> {
                own.remove(rule);
                return own.isEmpty() ? null : own;
            });
        }
    }

    private void add(EgressRule rule, Touched touched) {
        touched.leavers().addAll(rule.sources());
        rule.sources()
                .forEach(source ->
                        bySource.computeIfAbsent(source, _ -> new TreeSet<>()).add(rule));
    }

    Collection<EgressRule> unsorted() {
        return rules.all();
    }

    List<EgressRule> all() {
        return unsorted().stream().sorted().toList();
    }

    /** The rules that let an account out, sorted. */
    List<EgressRule> of(ServiceAccount account) {
        return List.copyOf(bySource.getOrDefault(account, new TreeSet<>()));
    }

    /** That no rule makes a difference, while mesh-wide egress is open. */
    List<Problem> problems(boolean open) {
        return open ? unsorted().stream().map(EgressIndex::withoutEffect).toList() : List.of();
    }

    private static Problem withoutEffect(EgressRule rule) {
        return new Problem(
                ProblemCode.M2021,
                rule.origin(),
                "spec",
                "Mesh-wide egress is open, so every workload reaches every destination outside the mesh and this object"
                        + " makes no difference.",
                "Set spec.traffic.enableEgress of MeshConfig to false, or take the object out.");
    }
}
