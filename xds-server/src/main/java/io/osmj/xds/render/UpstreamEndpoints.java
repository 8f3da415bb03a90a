package io.osmj.xds.render;

import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.Destination.Backend;
import java.util.List;

/**
 * The backends of one destination. Sent also when there are none, so that its cluster does not wait for them.
 *
 * <p>Calls are shared out by weights of endpoints, and the cluster says nothing of it: a split that comes, changes its weights
 * or goes costs a load assignment and no connection, and works for requests and for connections of TCP alike.
 */
final class UpstreamEndpoints {
    private static final Metadata MESHED = Metadata.newBuilder()
            .putFilterMetadata("envoy.transport_socket_match", UpstreamCluster.MESHED)
            .build();

    private UpstreamEndpoints() {}

    static ClusterLoadAssignment render(String cluster, Destination.Allowed allowed) {
        ClusterLoadAssignment.Builder assignment =
                ClusterLoadAssignment.newBuilder().setClusterName(cluster);
        List<Backend> called = allowed.backends().stream()
                .filter(backend -> backend.weight() > 0)
                .toList();
        if (!called.isEmpty()) {
            boolean alike = called.stream().mapToInt(Backend::weight).distinct().count() == 1;
            LocalityLbEndpoints.Builder locality = LocalityLbEndpoints.newBuilder();
            called.forEach(backend -> locality.addLbEndpoints(endpoint(backend, alike)));
            assignment.addEndpoints(locality);
        }
        return assignment.build();
    }

    private static LbEndpoint endpoint(Backend backend, boolean alike) {
        LbEndpoint.Builder endpoint = Clusters.endpoint(backend.address(), backend.port());
        if (!alike) {
            endpoint.setLoadBalancingWeight(Proto.uint(backend.weight()));
        }
        if (backend.meshed()) {
            endpoint.setMetadata(MESHED);
        }
        return endpoint.build();
    }
}
