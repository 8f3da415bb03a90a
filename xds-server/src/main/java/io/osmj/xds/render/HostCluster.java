package io.osmj.xds.render;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.extensions.clusters.common.dns.v3.DnsLookupFamily;
import io.envoyproxy.envoy.extensions.clusters.dns.v3.DnsCluster;

/**
 * A host outside the mesh. The proxy looks its name up by itself, so that a client reaches the host that the policy names, whatever
 * address it dialled and whatever name it wrote.
 */
final class HostCluster {
    /** Where the name server tells no time to live; and between two attempts while it does not answer. */
    private static final Duration REFRESH = Duration.newBuilder().setSeconds(30).build();

    private static final Duration FIRST_ATTEMPT =
            Duration.newBuilder().setSeconds(1).build();

    private static final DnsCluster LOOKED_UP = DnsCluster.newBuilder()
            .setRespectDnsTtl(true)
            .setDnsRefreshRate(REFRESH)
            .setDnsFailureRefreshRate(DnsCluster.RefreshRate.newBuilder()
                    .setBaseInterval(FIRST_ATTEMPT)
                    .setMaxInterval(REFRESH))
            .setDnsLookupFamily(DnsLookupFamily.V4_PREFERRED)
            .setAllAddressesInSingleEndpoint(true)
            .build();

    private HostCluster() {}

    /** All addresses are one endpoint, so that a changed answer of the name server closes no connection. */
    static Cluster render(String name, String host, int port, boolean http) {
        return Clusters.cluster(name, "egress/" + host + "|" + port, http)
                .setClusterType(Cluster.CustomClusterType.newBuilder()
                        .setName("envoy.cluster.dns")
                        .setTypedConfig(Any.pack(LOOKED_UP)))
                // A proxy must not wait for a name server that does not answer.
                .setWaitForWarmOnInit(BoolValue.of(false))
                .setLoadAssignment(Clusters.single(name, host, port))
                .build();
    }
}
