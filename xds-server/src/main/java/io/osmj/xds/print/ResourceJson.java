package io.osmj.xds.print;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StringValue;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StdoutAccessLog;
import io.envoyproxy.envoy.extensions.clusters.dns.v3.DnsCluster;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.extensions.filters.http.on_demand.v3.OnDemand;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBACPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.listener.original_dst.v3.OriginalDst;
import io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.set_filter_state.v3.Config;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationIPInput;
import io.envoyproxy.envoy.extensions.transport_sockets.internal_upstream.v3.InternalUpstreamTransport;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.osmj.xds.resource.EnvoyResource;

/** Envoy resources as JSON that a person can read and a difference can be made of. */
public final class ResourceJson {
    /** Every message that stands inside an Any somewhere in what the renderer makes. */
    private static final TypeRegistry TYPES = TypeRegistry.newBuilder()
            .add(DnsCluster.getDescriptor())
            .add(HttpConnectionManager.getDescriptor())
            .add(io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.getDescriptor())
            .add(io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC.getDescriptor())
            .add(RBACPerRoute.getDescriptor())
            .add(LocalRateLimit.getDescriptor())
            .add(io.envoyproxy.envoy.extensions.filters.network.local_ratelimit.v3.LocalRateLimit.getDescriptor())
            .add(Router.getDescriptor())
            .add(OriginalDst.getDescriptor())
            .add(ProxyProtocol.getDescriptor())
            .add(TlsInspector.getDescriptor())
            .add(Config.getDescriptor())
            .add(TcpProxy.getDescriptor())
            .add(HeaderMutation.getDescriptor())
            .add(DestinationIPInput.getDescriptor())
            .add(com.github.xds.type.matcher.v3.IPMatcher.getDescriptor())
            .add(DownstreamTlsContext.getDescriptor())
            .add(HttpProtocolOptions.getDescriptor())
            .add(OnDemand.getDescriptor())
            .add(InternalUpstreamTransport.getDescriptor())
            .add(RawBuffer.getDescriptor())
            .add(StdoutAccessLog.getDescriptor())
            .add(StringValue.getDescriptor())
            .build();

    private ResourceJson() {}

    /** The resource as JSON, the same for the same resource. */
    public static String print(EnvoyResource resource) {
        try {
            var descriptor = switch (resource.type()) {
                case LISTENER -> Listener.getDescriptor();
                case ROUTE -> RouteConfiguration.getDescriptor();
                case CLUSTER -> Cluster.getDescriptor();
                case ENDPOINT -> ClusterLoadAssignment.getDescriptor();
                case SECRET -> Secret.getDescriptor();
                case VIRTUAL_HOST -> io.envoyproxy.envoy.config.route.v3.VirtualHost.getDescriptor();
            };
            return JsonFormat.printer()
                    .usingTypeRegistry(TYPES)
                    .sortingMapKeys()
                    .print(DynamicMessage.parseFrom(descriptor, resource.body()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a type in " + resource + " is missing in the registry above", e);
        }
    }
}
