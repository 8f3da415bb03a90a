package io.osmj.xds.render;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;

/** Where traffic goes that may leave the mesh by its address: wherever it was going. */
final class PassthroughCluster {
    private PassthroughCluster() {}

    static Cluster render() {
        return Cluster.newBuilder()
                .setName(Names.PASSTHROUGH_CLUSTER)
                .setType(Cluster.DiscoveryType.ORIGINAL_DST)
                .setLbPolicy(Cluster.LbPolicy.CLUSTER_PROVIDED)
                .setConnectTimeout(Duration.newBuilder().setSeconds(5))
                .build();
    }
}
