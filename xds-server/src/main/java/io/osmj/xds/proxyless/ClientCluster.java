package io.osmj.xds.proxyless;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateProviderPluginInstance;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.plan.NamedService;
import io.osmj.core.policy.ConnectionLimits;
import java.util.List;

/** The cluster of a service: its endpoints come from the server, its certificates from files that the client knows of. */
final class ClientCluster {
    static final ConfigSource ADS = ConfigSource.newBuilder()
            .setAds(AggregatedConfigSource.getDefaultInstance())
            .setResourceApiVersion(ApiVersion.V3)
            .build();

    /** The name under which the client's bootstrap has to have its certificate and roots. */
    private static final CertificateProviderPluginInstance FILES = CertificateProviderPluginInstance.newBuilder()
            .setInstanceName("osm")
            .build();

    /** Nobody has this name, so a list of it accepts nobody; an empty list would accept everybody. */
    private static final String NOBODY = "spiffe://nobody.invalid/";

    /** The mesh sets no limits of its own; gRPC's would be 1,024 requests. */
    private static final CircuitBreakers NO_LIMITS = CircuitBreakers.newBuilder()
            .addThresholds(CircuitBreakers.Thresholds.newBuilder().setMaxRequests(UInt32Value.of(-1)))
            .build();

    private ClientCluster() {}

    static Cluster render(String name, NamedService service) {
        Cluster.Builder cluster = Cluster.newBuilder()
                .setName(name)
                .setType(Cluster.DiscoveryType.EDS)
                .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(ADS))
                .setLbPolicy(Cluster.LbPolicy.ROUND_ROBIN)
                .setCircuitBreakers(NO_LIMITS);
        long requests = service.access().limits().maxRequests();
        if (requests != ConnectionLimits.UNLIMITED) {
            cluster.getCircuitBreakersBuilder().getThresholdsBuilder(0).setMaxRequests(UInt32Value.of((int) requests));
        }
        if (!ClientEndpoints.plain(service.access())) {
            cluster.setTransportSocket(mtls(service));
        }
        return cluster.build();
    }

    private static TransportSocket mtls(NamedService service) {
        CommonTlsContext common = CommonTlsContext.newBuilder()
                .setTlsCertificateProviderInstance(FILES)
                .setValidationContext(trusting(service.access().identities()))
                .build();
        UpstreamTlsContext context = UpstreamTlsContext.newBuilder()
                .setSni(service.serverName())
                .setCommonTlsContext(common)
                .build();
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets.tls")
                .setTypedConfig(Any.pack(context))
                .build();
    }

    /** gRPC reads this list of names alone (gRFC A29). One written with types it would pass over, and trust everybody. */
    @SuppressWarnings("deprecation")
    private static CertificateValidationContext trusting(List<SpiffeId> accepted) {
        CertificateValidationContext.Builder context =
                CertificateValidationContext.newBuilder().setCaCertificateProviderInstance(FILES);
        List<String> names = accepted.isEmpty()
                ? List.of(NOBODY)
                : accepted.stream().map(SpiffeId::uri).toList();
        names.forEach(name ->
                context.addMatchSubjectAltNames(StringMatcher.newBuilder().setExact(name)));
        return context.build();
    }
}
