package io.osmj.xds.render;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.EnvoyInternalAddress;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.extensions.transport_sockets.internal_upstream.v3.InternalUpstreamTransport;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.UseDownstreamHttpConfig;

/** What clusters have in common. */
final class Clusters {
    static final String HTTP_OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    private static final UInt32Value UNLIMITED = UInt32Value.of(-1);

    /** OSM sets no limits of its own: Envoy's 1,024 connections would be a limit nobody asked for. */
    private static final CircuitBreakers NO_LIMITS = CircuitBreakers.newBuilder()
            .addThresholds(CircuitBreakers.Thresholds.newBuilder()
                    .setMaxConnections(UNLIMITED)
                    .setMaxPendingRequests(UNLIMITED)
                    .setMaxRequests(UNLIMITED)
                    .setMaxRetries(UNLIMITED))
            .build();

    /** HTTP/2 upstream for an HTTP/2 request, HTTP/1 for HTTP/1: what the client chose goes all the way. */
    static final HttpProtocolOptions AS_DOWNSTREAM = HttpProtocolOptions.newBuilder()
            .setUseDownstreamProtocolConfig(UseDownstreamHttpConfig.newBuilder()
                    .setHttpProtocolOptions(Http1ProtocolOptions.getDefaultInstance())
                    .setHttp2ProtocolOptions(Http2ProtocolOptions.getDefaultInstance()))
            .build();

    private Clusters() {}

    static Cluster.Builder cluster(String name, String label, boolean http) {
        Cluster.Builder cluster = Cluster.newBuilder()
                .setName(name)
                .setAltStatName(label.replace('.', '_').replace(':', '_'))
                .setConnectTimeout(Duration.newBuilder().setSeconds(5))
                .setCircuitBreakers(NO_LIMITS);
        if (http) {
            cluster.putTypedExtensionProtocolOptions(HTTP_OPTIONS, Any.pack(AS_DOWNSTREAM));
        }
        return cluster;
    }

    /** Makes a listener inside the proxy the cluster's only endpoint. */
    static Cluster.Builder inside(Cluster.Builder cluster, String listener) {
        Address address = Address.newBuilder()
                .setEnvoyInternalAddress(EnvoyInternalAddress.newBuilder().setServerListenerName(listener))
                .build();
        InternalUpstreamTransport transport = InternalUpstreamTransport.newBuilder()
                .setTransportSocket(socket("envoy.transport_sockets.raw_buffer", RawBuffer.getDefaultInstance()))
                .build();
        return cluster.setType(Cluster.DiscoveryType.STATIC)
                .setTransportSocket(socket("envoy.transport_sockets.internal_upstream", transport))
                .setLoadAssignment(ClusterLoadAssignment.newBuilder()
                        .setClusterName(cluster.getName())
                        .addEndpoints(LocalityLbEndpoints.newBuilder()
                                .addLbEndpoints(LbEndpoint.newBuilder()
                                        .setEndpoint(Endpoint.newBuilder().setAddress(address)))));
    }

    private static TransportSocket socket(String name, Message config) {
        return TransportSocket.newBuilder()
                .setName(name)
                .setTypedConfig(Any.pack(config))
                .build();
    }

    static ClusterLoadAssignment single(String name, String address, int port) {
        return ClusterLoadAssignment.newBuilder()
                .setClusterName(name)
                .addEndpoints(LocalityLbEndpoints.newBuilder().addLbEndpoints(endpoint(address, port)))
                .build();
    }

    static LbEndpoint.Builder endpoint(String address, int port) {
        return LbEndpoint.newBuilder().setEndpoint(Endpoint.newBuilder().setAddress(Proto.address(address, port)));
    }
}
