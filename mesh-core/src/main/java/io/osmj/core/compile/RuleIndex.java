package io.osmj.core.compile;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.problem.ObjectRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The allow rules by those they concern. */
final class RuleIndex {
    private final Table<ObjectRef, AllowRule> rules = new Table<>();
    private final Map<ServiceAccount, TreeSet<AllowRule>> byDestination = new HashMap<>();
    private final Map<ServiceAccount, TreeMap<ServiceAccount, Integer>> callees = new HashMap<>();

    /** Takes over how rules are now; tells whether any differs. */
    boolean take(Map<ObjectRef, Optional<AllowRule>> seen, boolean whole, Touched touched) {
        Map<ObjectRef, Optional<AllowRule>> differing = rules.take(seen, whole);
        differing.forEach((ref, before) -> {
            before.ifPresent(rule -> remove(rule, touched));
            touched.policies().add(ref);
            rules.find(ref).ifPresent(rule -> add(rule, touched));
        });
        return !differing.isEmpty();
    }

    private void remove(AllowRule rule, Touched touched) {
        mark(rule, touched);
        byDestination.computeIfPresent(rule.destination(), (_, own) -> {
            own.remove(rule);
            return own.isEmpty() ? null : own;
        });
        for (ServiceAccount source : rule.sources()) {
            callees.computeIfPresent(source, (_, called) -> {
                called.computeIfPresent(rule.destination(), (_, count) -> count == 1 ? null : count - 1);
                return called.isEmpty() ? null : called;
            });
        }
    }

    private void add(AllowRule rule, Touched touched) {
        mark(rule, touched);
        byDestination.computeIfAbsent(rule.destination(), _ -> new TreeSet<>()).add(rule);
        for (ServiceAccount source : rule.sources()) {
            callees.computeIfAbsent(source, _ -> new TreeMap<>()).merge(rule.destination(), 1, Integer::sum);
        }
    }

    private static void mark(AllowRule rule, Touched touched) {
        touched.callees().add(rule.destination());
        touched.callers().addAll(rule.sources());
    }

    List<AllowRule> all() {
        return unsorted().stream().sorted().toList();
    }

    Collection<AllowRule> unsorted() {
        return rules.all();
    }

    /** The rules that let others call this account, sorted. */
    List<AllowRule> to(ServiceAccount destination) {
        return List.copyOf(byDestination.getOrDefault(destination, new TreeSet<>()));
    }

    /** Whom this account may call, sorted. */
    List<ServiceAccount> callees(ServiceAccount caller) {
        return List.copyOf(callees.getOrDefault(caller, new TreeMap<>()).keySet());
    }

    /** Who may call this account. */
    List<ServiceAccount> callers(ServiceAccount callee) {
        List<ServiceAccount> callers = new ArrayList<>();
        to(callee).forEach(rule -> callers.addAll(rule.sources()));
        return callers;
    }
}
