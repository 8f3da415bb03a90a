package io.osmj.integration.bench;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.osmj.xds.resource.ResourceType;
import java.util.EnumMap;
import java.util.Map;

/** What was sent, by type. Belongs to whoever holds its lock. */
final class Tally {
    int responses;
    long bytes;

    /** Resources that the proxy had in the same version. */
    int again;

    /** Bytes of the load assignments alone. */
    long assignments;

    /** When the last response came, by {@link System#nanoTime}; 0 if none did. */
    long last;

    final Map<ResourceType, Integer> resources = new EnumMap<>(ResourceType.class);
    final Map<ResourceType, Long> bytesByType = new EnumMap<>(ResourceType.class);

    void add(ResourceType type, DeltaDiscoveryResponse response, long now) {
        responses++;
        long size = response.getSerializedSize();
        bytes += size;
        last = now;
        if (type == ResourceType.ENDPOINT) {
            response.getResourcesList()
                    .forEach(one -> assignments += one.getResource().getValue().size());
        }
        resources.merge(type, response.getResourcesCount() + response.getRemovedResourcesCount(), Integer::sum);
        bytesByType.merge(type, size, Long::sum);
    }

    void add(Tally other) {
        responses += other.responses;
        bytes += other.bytes;
        again += other.again;
        assignments += other.assignments;
        last = Math.max(last, other.last);
        other.resources.forEach((type, count) -> resources.merge(type, count, Integer::sum));
        other.bytesByType.forEach((type, count) -> bytesByType.merge(type, count, Long::sum));
    }
}
