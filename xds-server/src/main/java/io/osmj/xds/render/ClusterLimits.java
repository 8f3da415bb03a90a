package io.osmj.xds.render;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.osmj.core.policy.ConnectionLimits;

/** What an UpstreamTrafficSetting makes of a cluster. A cluster without limits keeps every byte. */
final class ClusterLimits {
    private ClusterLimits() {}

    /** Limits the cluster; what is said of requests counts where requests are seen. */
    static Cluster.Builder render(Cluster.Builder cluster, ConnectionLimits limits, boolean http) {
        if (limits.equals(ConnectionLimits.NONE)) {
            return cluster;
        }
        CircuitBreakers.Thresholds.Builder thresholds =
                cluster.getCircuitBreakersBuilder().getThresholdsBuilder(0);
        thresholds.setMaxConnections(number(limits.maxConnections()));
        if (http) {
            thresholds
                    .setMaxRequests(number(limits.maxRequests()))
                    .setMaxPendingRequests(number(limits.maxPendingRequests()))
                    .setMaxRetries(number(limits.maxRetries()));
            requestsPerConnection(cluster, limits.maxRequestsPerConnection());
        }
        return cluster.setConnectTimeout(
                Durations.fromNanos(limits.connectTimeout().toNanos()));
    }

    private static void requestsPerConnection(Cluster.Builder cluster, long most) {
        if (most != ConnectionLimits.UNLIMITED) {
            cluster.putTypedExtensionProtocolOptions(
                    Clusters.HTTP_OPTIONS,
                    Any.pack(Clusters.AS_DOWNSTREAM.toBuilder()
                            .setCommonHttpProtocolOptions(
                                    HttpProtocolOptions.newBuilder().setMaxRequestsPerConnection(number(most)))
                            .build()));
        }
    }

    private static UInt32Value number(long value) {
        return UInt32Value.of((int) value);
    }
}
