package io.osmj.xds.render;

import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.Destination.Backend;

/** The backends of one destination. Sent also when there are none, so that its cluster does not wait for them. */
final class UpstreamEndpoints {
    private static final Metadata MESHED = Metadata.newBuilder()
            .putFilterMetadata("envoy.transport_socket_match", UpstreamCluster.MESHED)
            .build();

    private UpstreamEndpoints() {}

    static ClusterLoadAssignment render(String cluster, Destination.Allowed allowed) {
        ClusterLoadAssignment.Builder assignment =
                ClusterLoadAssignment.newBuilder().setClusterName(cluster);
        if (!allowed.backends().isEmpty()) {
            LocalityLbEndpoints.Builder locality = LocalityLbEndpoints.newBuilder();
            allowed.backends().forEach(backend -> locality.addLbEndpoints(endpoint(backend)));
            assignment.addEndpoints(locality);
        }
        return assignment.build();
    }

    private static LbEndpoint endpoint(Backend backend) {
        LbEndpoint.Builder endpoint = Clusters.endpoint(backend.address(), backend.port());
        if (backend.meshed()) {
            endpoint.setMetadata(MESHED);
        }
        return endpoint.build();
    }
}
