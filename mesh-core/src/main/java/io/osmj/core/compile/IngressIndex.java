package io.osmj.core.compile;

import io.osmj.core.policy.IngressRule;
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
import java.util.stream.Stream;

/** The ingress rules by the services they open and by those whose pods they let in. */
final class IngressIndex {
    private final Table<ObjectRef, IngressRule> rules = new Table<>();
    private final Map<ObjectKey, NavigableSet<IngressRule>> byBackend = new HashMap<>();
    private final Map<ObjectKey, NavigableSet<IngressRule>> bySource = new HashMap<>();

    /** Takes over how rules are now; gives the services to which others may come than before. */
    Set<ObjectKey> take(Map<ObjectRef, Optional<IngressRule>> seen, boolean whole, Touched touched) {
        Set<ObjectKey> services = new HashSet<>();
        rules.take(seen, whole).forEach((ref, before) -> {
            touched.policies().add(ref);
            before.ifPresent(rule -> {
                backends(rule).forEach(service -> remove(byBackend, service, rule));
                sources(rule).forEach(service -> remove(bySource, service, rule));
                backends(rule).forEach(services::add);
            });
            rules.find(ref).ifPresent(rule -> {
                backends(rule).forEach(service -> add(byBackend, service, rule));
                sources(rule).forEach(service -> add(bySource, service, rule));
                backends(rule).forEach(services::add);
            });
        });
        return services;
    }

    private static void add(Map<ObjectKey, NavigableSet<IngressRule>> index, ObjectKey key, IngressRule rule) {
        index.computeIfAbsent(key, _ -> new TreeSet<>()).add(rule);
    }

    private static void remove(Map<ObjectKey, NavigableSet<IngressRule>> index, ObjectKey key, IngressRule rule) {
        index.computeIfPresent(key, (_, own) -> {
            own.remove(rule);
            return own.isEmpty() ? null : own;
        });
    }

    private static Stream<ObjectKey> backends(IngressRule rule) {
        return rule.backends().stream()
                .map(backend -> new ObjectKey(rule.origin().namespace(), backend.service()));
    }

    private static Stream<ObjectKey> sources(IngressRule rule) {
        return rule.sources().stream().flatMap(source -> switch (source) {
            case IngressRule.Endpoints endpoints ->
                Stream.of(new ObjectKey(endpoints.namespace(), endpoints.service()));
            case IngressRule.Range _, IngressRule.Client _ -> Stream.empty();
        });
    }

    /** The services that are open to whoever answers for one of these. */
    Set<ObjectKey> openTo(Collection<ObjectKey> sources) {
        Set<ObjectKey> services = new HashSet<>();
        for (ObjectKey source : sources) {
            bySource.getOrDefault(source, new TreeSet<>())
                    .forEach(rule -> backends(rule).forEach(services::add));
        }
        return services;
    }

    /** The rules that open a service, sorted. */
    List<IngressRule> to(ObjectKey service) {
        return List.copyOf(byBackend.getOrDefault(service, new TreeSet<>()));
    }

    Collection<IngressRule> all() {
        return rules.all();
    }
}
