package io.osmj.core.compile;

import io.osmj.core.policy.SplitRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.service.MeshService;
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
import java.util.function.Function;
import java.util.stream.Stream;

/** The split rules by the services they name, and what they make of services. */
final class SplitIndex {
    private final Table<ObjectRef, SplitRule> rules = new Table<>();
    private final Map<ObjectKey, NavigableSet<SplitRule>> byService = new HashMap<>();
    private final Map<ObjectKey, NavigableSet<SplitRule>> byBackend = new HashMap<>();

    /** By service, also by one that does not exist; only where there is something to say. */
    private final Map<ObjectKey, Outcome<List<MeshService>>> sharedOut = new HashMap<>();

    /** Takes over how rules are now; gives the services whose calls may be shared out otherwise than before. */
    Set<ObjectKey> take(Map<ObjectRef, Optional<SplitRule>> seen, boolean whole, Touched touched) {
        Set<ObjectKey> services = new HashSet<>();
        rules.take(seen, whole).forEach((ref, before) -> {
            touched.policies().add(ref);
            before.ifPresent(rule -> remove(rule, services));
            rules.find(ref).ifPresent(rule -> add(rule, services));
        });
        return services;
    }

    private void add(SplitRule rule, Set<ObjectKey> services) {
        services.add(service(rule));
        byService.computeIfAbsent(service(rule), _ -> new TreeSet<>()).add(rule);
        backends(rule)
                .forEach(backend ->
                        byBackend.computeIfAbsent(backend, _ -> new TreeSet<>()).add(rule));
    }

    private void remove(SplitRule rule, Set<ObjectKey> services) {
        services.add(service(rule));
        remove(byService, service(rule), rule);
        backends(rule).forEach(backend -> remove(byBackend, backend, rule));
    }

    private static void remove(Map<ObjectKey, NavigableSet<SplitRule>> index, ObjectKey key, SplitRule rule) {
        index.computeIfPresent(key, (_, own) -> {
            own.remove(rule);
            return own.isEmpty() ? null : own;
        });
    }

    private static ObjectKey service(SplitRule rule) {
        return new ObjectKey(rule.namespace(), rule.service());
    }

    private static Stream<ObjectKey> backends(SplitRule rule) {
        return rule.backends().stream().map(backend -> new ObjectKey(rule.namespace(), backend.service()));
    }

    /** These services and all whose calls one of them answers a share of. */
    Set<ObjectKey> withThoseTheyAnswerFor(Set<ObjectKey> services) {
        Set<ObjectKey> all = new HashSet<>(services);
        for (ObjectKey service : services) {
            byBackend.getOrDefault(service, new TreeSet<>()).forEach(rule -> all.add(service(rule)));
        }
        return all;
    }

    /**
     * Shares out the calls of a service.
     *
     * @param services finds the ports of a service as they are without splits
     */
    List<MeshService> shareOut(ObjectKey service, Function<ObjectKey, List<MeshService>> services) {
        NavigableSet<SplitRule> own = byService.getOrDefault(service, new TreeSet<>());
        Outcome<List<MeshService>> outcome = own.isEmpty()
                ? Outcome.of(services.apply(service))
                : SplitCompiler.compile(own, services.apply(service), services);
        if (outcome.value().isEmpty() && outcome.clean()) {
            sharedOut.remove(service);
        } else {
            sharedOut.put(service, outcome);
        }
        return outcome.value();
    }

    /** The ports of a service as they were last. */
    List<MeshService> last(ObjectKey service) {
        return sharedOut.getOrDefault(service, Outcome.of(List.of())).value();
    }

    /** The ports of all services as they were last, sorted. */
    List<MeshService> all() {
        return sharedOut.values().stream()
                .flatMap(outcome -> outcome.value().stream())
                .sorted()
                .toList();
    }

    /** The rule that holds for a service. */
    Optional<SplitRule> of(ObjectKey service) {
        return Optional.ofNullable(byService.get(service)).map(NavigableSet::first);
    }

    /** The rules that hold, sorted. */
    List<SplitRule> holding() {
        return byService.values().stream().map(NavigableSet::first).sorted().toList();
    }

    Collection<Problem> problems() {
        return sharedOut.values().stream()
                .flatMap(outcome -> outcome.problems().stream())
                .toList();
    }
}
