package io.osmj.xds.render;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.BindConfig;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.osmj.core.plan.InboundPort;

/** The application behind one inbound port. */
final class LocalCluster {
    /** Interception rules let what comes from here pass to the pod's own address without another round. */
    private static final String PASSING_SOURCE = "127.0.0.6";

    private LocalCluster() {}

    static Cluster render(InboundPort port) {
        String name = Names.localCluster(port.port());
        Cluster.Builder cluster = Clusters.cluster(name, port.label() + "|local", port.http())
                .setType(Cluster.DiscoveryType.STATIC)
                .setLoadAssignment(Clusters.single(name, port.address(), port.port()));
        if (!port.address().startsWith("127.")) {
            cluster.setUpstreamBindConfig(BindConfig.newBuilder()
                    .setSourceAddress(SocketAddress.newBuilder()
                            .setAddress(PASSING_SOURCE)
                            .setPortValue(0)));
        }
        return cluster.build();
    }
}
