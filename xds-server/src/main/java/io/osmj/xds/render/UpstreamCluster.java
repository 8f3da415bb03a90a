package io.osmj.xds.render;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.TransportSocketMatch;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.Destination.Backend;

/** The cluster of one destination: mTLS to backends that have a sidecar, plain text to those that have none. */
final class UpstreamCluster {
    /** The endpoint metadata that tells backends with a sidecar from those without. */
    static final Struct MESHED = Struct.newBuilder()
            .putFields("meshed", Value.newBuilder().setBoolValue(true).build())
            .build();

    private UpstreamCluster() {}

    /** Completes the cluster. */
    static Cluster.Builder render(
            Cluster.Builder cluster, Destination destination, Destination.Allowed allowed, TlsContexts tls) {
        cluster.setType(Cluster.DiscoveryType.EDS)
                .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(Proto.ADS))
                .setLbPolicy(Cluster.LbPolicy.ROUND_ROBIN)
                .setIgnoreHealthOnHostRemoval(true);
        TransportSocket mtls = tls.upstream(destination.serverName(), allowed.identities());
        boolean anyMeshed = allowed.backends().stream().anyMatch(Backend::meshed);
        boolean anyPlain = allowed.backends().stream().anyMatch(backend -> !backend.meshed());
        if (anyMeshed && anyPlain) {
            cluster.addTransportSocketMatches(TransportSocketMatch.newBuilder()
                    .setName("meshed")
                    .setMatch(MESHED)
                    .setTransportSocket(mtls));
        } else if (!anyPlain) {
            cluster.setTransportSocket(mtls);
        }
        return ClusterLimits.render(
                cluster, allowed.limits(), destination.carriage().http());
    }
}
