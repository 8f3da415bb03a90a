package io.osmj.injector.bootstrap;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.BindConfig;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig;
import io.osmj.injector.intercept.RulesText;
import io.osmj.injector.probe.ProbeTarget;
import io.osmj.injector.probe.SidecarProbe;

/** How the sidecar reaches a container to find out what the kubelet wants to know; one cluster a probe. */
final class ProbeClusters {
    private static final String HTTP_OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";
    private static final Duration OFTEN = Durations.fromSeconds(1);

    private ProbeClusters() {}

    /** As in {@code probe/web/liveness}. */
    static String name(SidecarProbe probe) {
        return "probe/" + probe.container() + "/" + probe.kind().word();
    }

    static Cluster of(SidecarProbe probe, boolean podIpMode) {
        ProbeTarget target = probe.target();
        Cluster.Builder cluster = at(name(probe), podIpMode ? PodIp.PLACEHOLDER : "127.0.0.1", target.port())
                .setConnectTimeout(timeout(target));
        if (podIpMode) {
            cluster.setUpstreamBindConfig(BindConfig.newBuilder()
                    .setSourceAddress(SocketAddress.newBuilder()
                            .setAddress(RulesText.TO_APPLICATION_SOURCE)
                            .setPortValue(0)));
        }
        switch (target) {
            case ProbeTarget.Http http -> http(cluster, http);
            case ProbeTarget.Tcp _ ->
                cluster.addHealthChecks(
                        check(target).setTcpHealthCheck(HealthCheck.TcpHealthCheck.getDefaultInstance()));
            case ProbeTarget.Grpc grpc -> grpc(cluster, grpc);
        }
        return cluster.build();
    }

    /** A cluster of one fixed address. */
    static Cluster.Builder at(String name, String ip, int port) {
        return Cluster.newBuilder()
                .setName(name)
                .setType(Cluster.DiscoveryType.STATIC)
                .setLoadAssignment(ClusterLoadAssignment.newBuilder()
                        .setClusterName(name)
                        .addEndpoints(LocalityLbEndpoints.newBuilder()
                                .addLbEndpoints(LbEndpoint.newBuilder()
                                        .setEndpoint(
                                                Endpoint.newBuilder().setAddress(ExactListener.address(ip, port))))));
    }

    private static void http(Cluster.Builder cluster, ProbeTarget.Http http) {
        cluster.putTypedExtensionProtocolOptions(
                HTTP_OPTIONS,
                EnvoyJson.any(HttpProtocolOptions.newBuilder()
                        // A connection that the application has closed in the meantime would be a failed probe.
                        .setCommonHttpProtocolOptions(
                                io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions.newBuilder()
                                        .setMaxRequestsPerConnection(UInt32Value.of(1)))
                        .setExplicitHttpConfig(ExplicitHttpConfig.newBuilder()
                                .setHttpProtocolOptions(Http1ProtocolOptions.getDefaultInstance()))
                        .build()));
        if (http.tls()) {
            cluster.setTransportSocket(unverified(http.host()));
        }
    }

    /** TLS as the kubelet does it: whoever answers is believed. */
    private static TransportSocket unverified(String host) {
        UpstreamTlsContext tls = UpstreamTlsContext.newBuilder()
                .setSni(host)
                .setCommonTlsContext(CommonTlsContext.newBuilder()
                        .setTlsParams(TlsParameters.newBuilder()
                                .setTlsMinimumProtocolVersion(TlsParameters.TlsProtocol.TLSv1_2)
                                .setTlsMaximumProtocolVersion(TlsParameters.TlsProtocol.TLSv1_3)))
                .build();
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets.tls")
                .setTypedConfig(EnvoyJson.any(tls))
                .build();
    }

    private static void grpc(Cluster.Builder cluster, ProbeTarget.Grpc grpc) {
        cluster.addHealthChecks(check(grpc)
                        .setGrpcHealthCheck(HealthCheck.GrpcHealthCheck.newBuilder()
                                .setServiceName(grpc.service())
                                .setAuthority(PodIp.PLACEHOLDER + ":" + grpc.port())))
                .putTypedExtensionProtocolOptions(
                        HTTP_OPTIONS,
                        EnvoyJson.any(HttpProtocolOptions.newBuilder()
                                .setExplicitHttpConfig(ExplicitHttpConfig.newBuilder()
                                        .setHttp2ProtocolOptions(Http2ProtocolOptions.getDefaultInstance()))
                                .build()));
    }

    /** How often must it fail? Once: the kubelet counts for itself. Every interval there is, because none may be longer. */
    private static HealthCheck.Builder check(ProbeTarget target) {
        return HealthCheck.newBuilder()
                .setTimeout(timeout(target))
                .setInterval(OFTEN)
                .setNoTrafficInterval(OFTEN)
                .setNoTrafficHealthyInterval(OFTEN)
                .setUnhealthyInterval(OFTEN)
                .setUnhealthyThreshold(UInt32Value.of(1))
                .setHealthyThreshold(UInt32Value.of(1))
                .setReuseConnection(BoolValue.of(false));
    }

    private static Duration timeout(ProbeTarget target) {
        return Durations.fromSeconds(target.timeout().toSeconds());
    }
}
