package io.osmj.core.compile;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.policy.RetryRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.state.ObjectKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The retry rules by whose requests they speak of, and by the services that these go to. */
final class RetryIndex {
    private final Table<ObjectRef, RetryRule> rules = new Table<>();
    private final Map<ServiceAccount, NavigableSet<RetryRule>> bySource = new HashMap<>();
    private final Map<ObjectKey, NavigableSet<RetryRule>> byDestination = new HashMap<>();

    /** Takes over how rules are now; tells whether any differs. */
    boolean take(Map<ObjectRef, Optional<RetryRule>> seen, boolean whole, Touched touched) {
        Map<ObjectRef, Optional<RetryRule>> differing = rules.take(seen, whole);
        differing.forEach((ref, before) -> {
            before.ifPresent(rule -> remove(rule, touched));
            touched.policies().add(ref);
            rules.find(ref).ifPresent(rule -> add(rule, touched));
        });
        return !differing.isEmpty();
    }

    private static ObjectKey key(RetryRule.Service service) {
        return new ObjectKey(service.namespace(), service.name());
    }

    private void add(RetryRule rule, Touched touched) {
        touched.retriers().add(rule.source());
        bySource.computeIfAbsent(rule.source(), _ -> new TreeSet<>()).add(rule);
        rule.destinations()
                .forEach(service -> byDestination
                        .computeIfAbsent(key(service), _ -> new TreeSet<>())
                        .add(rule));
    }

    private void remove(RetryRule rule, Touched touched) {
        touched.retriers().add(rule.source());
        remove(bySource, rule.source(), rule);
        rule.destinations().forEach(service -> remove(byDestination, key(service), rule));
    }

    private static <K> void remove(Map<K, NavigableSet<RetryRule>> index, K key, RetryRule rule) {
        index.computeIfPresent(key, (_, own) -> {
            own.remove(rule);
            return own.isEmpty() ? null : own;
        });
    }

    /** Where a service is found, or what it speaks, may be another than before. */
    void changed(ObjectKey service, Touched touched) {
        byDestination
                .getOrDefault(service, new TreeSet<>())
                .forEach(rule -> touched.retriers().add(rule.source()));
    }

    /** Whether there are none. */
    boolean isEmpty() {
        return rules.all().isEmpty();
    }

    Collection<RetryRule> unsorted() {
        return rules.all();
    }

    List<RetryRule> all() {
        return unsorted().stream().sorted().toList();
    }

    /** The rules for the requests of an account, sorted. */
    List<RetryRule> of(ServiceAccount account) {
        return List.copyOf(bySource.getOrDefault(account, new TreeSet<>()));
    }
}
