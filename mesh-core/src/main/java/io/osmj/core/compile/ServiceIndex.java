package io.osmj.core.compile;

import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.service.Endpoint;
import io.osmj.core.service.MeshService;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.ServiceState;
import io.osmj.core.state.StatePatch;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The services with those that answer for them, each as it is while no split shares its calls out. */
final class ServiceIndex {
    private final Table<ObjectKey, ServiceState> services = new Table<>();
    private final Table<ObjectKey, List<EndpointState>> endpoints = new Table<>();
    private final Map<ObjectKey, List<MeshService>> compiled = new HashMap<>();
    /** Of those services only with which something is wrong. */
    private final Map<ObjectKey, List<Problem>> faults = new HashMap<>();

    private final Map<ObjectKey, Set<ObjectKey>> byPod = new HashMap<>();
    private final Map<String, Set<ObjectKey>> byAddress = new HashMap<>();
    private final PodIndex pods;

    /** @param pods those that services are joined with, current whenever this is */
    ServiceIndex(PodIndex pods) {
        this.pods = pods;
    }

    /**
     * What may differ.
     *
     * @param services those that were joined anew
     * @param answered those for which others answer than before
     */
    record Difference(Set<ObjectKey> services, Set<ObjectKey> answered) {}

    /** Takes over how services and endpoints are now, after the pods. */
    Difference take(StatePatch patch, PodIndex.Difference moved) {
        Set<ObjectKey> stale = new HashSet<>();
        moved.pods().forEach(pod -> stale.addAll(byPod.getOrDefault(pod, Set.of())));
        moved.addresses().forEach(address -> stale.addAll(byAddress.getOrDefault(address, Set.of())));
        stale.addAll(services.take(patch.services(), patch.whole()).keySet());
        Set<ObjectKey> answered = takeEndpoints(patch);
        stale.addAll(answered);
        stale.forEach(this::compile);
        return new Difference(stale, answered);
    }

    private Set<ObjectKey> takeEndpoints(StatePatch patch) {
        Map<ObjectKey, Optional<List<EndpointState>>> seen = new HashMap<>();
        patch.endpoints()
                .forEach((service, all) -> seen.put(
                        service,
                        Optional.of(all.stream().sorted().distinct().toList()).filter(some -> !some.isEmpty())));
        Map<ObjectKey, Optional<List<EndpointState>>> before = endpoints.take(seen, patch.whole());
        before.forEach((service, former) -> {
            former.ifPresent(all -> all.forEach(endpoint -> {
                remove(byPod, pod(endpoint), service);
                remove(byAddress, endpoint.address(), service);
            }));
            endpoints(service).forEach(endpoint -> {
                add(byPod, pod(endpoint), service);
                add(byAddress, endpoint.address(), service);
            });
        });
        return before.keySet();
    }

    private static <K> void add(Map<K, Set<ObjectKey>> index, K key, ObjectKey service) {
        index.computeIfAbsent(key, _ -> new HashSet<>()).add(service);
    }

    private static <K> void remove(Map<K, Set<ObjectKey>> index, K key, ObjectKey service) {
        index.computeIfPresent(key, (_, own) -> {
            own.remove(service);
            return own.isEmpty() ? null : own;
        });
    }

    private static ObjectKey pod(EndpointState endpoint) {
        return new ObjectKey(endpoint.namespace(), endpoint.pod());
    }

    private void compile(ObjectKey key) {
        Outcome<List<MeshService>> now = services.find(key)
                .map(service -> ServiceCompiler.compile(service, endpoints(key), pods))
                .orElse(Outcome.of(List.of()));
        if (services.find(key).isPresent()) {
            compiled.put(key, now.value());
        } else {
            compiled.remove(key);
        }
        if (now.problems().isEmpty()) {
            faults.remove(key);
        } else {
            faults.put(key, now.problems());
        }
    }

    /** The ready endpoints of a service. */
    List<EndpointState> endpoints(ObjectKey service) {
        return endpoints.find(service).orElse(List.of());
    }

    /** The ports of a service, sorted. */
    List<MeshService> ports(ObjectKey service) {
        return compiled.getOrDefault(service, List.of());
    }

    /** Those behind any port of a service. */
    Stream<Endpoint> behind(ObjectKey service) {
        return ports(service).stream().flatMap(port -> port.endpoints().stream());
    }

    List<Problem> problems() {
        return faults.values().stream().flatMap(List::stream).toList();
    }
}
