package io.osmj.controlplane.watch;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.osmj.core.state.ObjectKey;
import io.osmj.objects.read.Fields;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which slices hold endpoints of a service. It may name slices that are gone; those are not found when they are looked up. */
final class SliceIndex {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private final Map<ObjectKey, Set<String>> slices = new ConcurrentHashMap<>();

    /** The service whose endpoints a slice holds. */
    static Optional<ObjectKey> service(EndpointSlice slice) {
        return Optional.ofNullable(Fields.map(slice.getMetadata().getLabels()).get(SERVICE_NAME))
                .map(name -> new ObjectKey(slice.getMetadata().getNamespace(), name));
    }

    void seen(EndpointSlice slice) {
        service(slice)
                .ifPresent(service -> slices.computeIfAbsent(service, _ -> ConcurrentHashMap.newKeySet())
                        .add(Feed.key(slice)));
    }

    void gone(EndpointSlice slice) {
        service(slice)
                .ifPresent(service -> slices.computeIfPresent(service, (_, keys) -> {
                    keys.remove(Feed.key(slice));
                    return keys.isEmpty() ? null : keys;
                }));
    }

    /** Keys of the slices of a service. */
    Set<String> of(ObjectKey service) {
        return slices.getOrDefault(service, Set.of());
    }
}
