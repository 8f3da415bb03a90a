package io.osmj.core.compile;

import io.osmj.core.policy.ConnectionLimits;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.RateLimits;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.state.ObjectKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The limit rules by the service they are for. */
final class LimitIndex {
    private final Table<ObjectRef, LimitRule> rules = new Table<>();
    private final Map<ObjectKey, NavigableSet<LimitRule>> byService = new HashMap<>();

    /** Takes over how rules are now; gives the services for which another holds than before, with the one from before. */
    Map<ObjectKey, Optional<LimitRule>> take(Map<ObjectRef, Optional<LimitRule>> seen, boolean whole, Touched touched) {
        Map<ObjectRef, Optional<LimitRule>> differing = rules.take(seen, whole);
        touched.policies().addAll(differing.keySet());
        Set<ObjectKey> services = new HashSet<>();
        differing.forEach((ref, former) -> {
            former.ifPresent(rule -> services.add(service(rule)));
            rules.find(ref).ifPresent(rule -> services.add(service(rule)));
        });
        Map<ObjectKey, Optional<LimitRule>> before = new HashMap<>();
        services.forEach(service -> before.put(service, of(service)));
        differing.values().forEach(former -> former.ifPresent(this::remove));
        differing.keySet().forEach(ref -> rules.find(ref).ifPresent(this::add));
        before.entrySet().removeIf(entry -> entry.getValue().equals(of(entry.getKey())));
        return before;
    }

    private void remove(LimitRule rule) {
        byService.computeIfPresent(service(rule), (_, own) -> {
            own.remove(rule);
            return own.isEmpty() ? null : own;
        });
    }

    private void add(LimitRule rule) {
        byService.computeIfAbsent(service(rule), _ -> new TreeSet<>()).add(rule);
    }

    static ConnectionLimits connections(Optional<LimitRule> rule) {
        return rule.map(LimitRule::connections).orElse(ConnectionLimits.NONE);
    }

    /** Whether it comes to the same for pods. Which of two is the older one counts only where there are rates. */
    static boolean sameRates(Optional<LimitRule> one, Optional<LimitRule> other) {
        return one.equals(other)
                || (rates(one).equals(RateLimits.NONE) && rates(other).equals(RateLimits.NONE));
    }

    private static RateLimits rates(Optional<LimitRule> rule) {
        return rule.map(LimitRule::rates).orElse(RateLimits.NONE);
    }

    static ObjectKey service(LimitRule rule) {
        return new ObjectKey(rule.namespace(), rule.service());
    }

    /** Whether nothing is limited. */
    boolean none() {
        return byService.isEmpty();
    }

    /** The rule that holds for a service. */
    Optional<LimitRule> of(ObjectKey service) {
        return Optional.ofNullable(byService.get(service)).map(NavigableSet::first);
    }

    /** The rules that hold, sorted by their service. */
    List<LimitRule> holding() {
        return byService.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue().first())
                .toList();
    }

    Collection<LimitRule> all() {
        return rules.all();
    }
}
