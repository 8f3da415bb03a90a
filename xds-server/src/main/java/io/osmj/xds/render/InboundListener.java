package io.osmj.xds.render;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.listener.original_dst.v3.OriginalDst;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.osmj.core.plan.Authorization;
import io.osmj.core.plan.InboundPort;
import java.util.List;
import java.util.Optional;

/**
 * The inbound listener: one chain for each port that peers may reach. What fits no chain is closed, which is how plain text
 * and strangers are met.
 */
final class InboundListener {
    private static final int PORT = 15_003;

    private InboundListener() {}

    /** The listener; empty when no port is open, and then nothing listens where the kernel sends what comes in. */
    static Optional<Listener> render(List<InboundPort> ports, TlsContexts tls) {
        List<FilterChain> chains =
                ports.stream().flatMap(port -> chain(port, tls).stream()).toList();
        if (chains.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Listener.newBuilder()
                .setName(Names.INBOUND_LISTENER)
                .setAddress(Proto.address("0.0.0.0", PORT))
                .setTrafficDirection(TrafficDirection.INBOUND)
                .addListenerFilters(
                        listenerFilter("envoy.filters.listener.original_dst", OriginalDst.getDefaultInstance()))
                .addListenerFilters(
                        listenerFilter("envoy.filters.listener.tls_inspector", TlsInspector.getDefaultInstance()))
                .addAllFilterChains(chains)
                .build());
    }

    static ListenerFilter listenerFilter(String name, Message config) {
        return ListenerFilter.newBuilder()
                .setName(name)
                .setTypedConfig(Any.pack(config))
                .build();
    }

    private static Optional<FilterChain> chain(InboundPort port, TlsContexts tls) {
        if (port.http()) {
            return Optional.of(chain(port, tls.downstreamHttp(), Names.ALPN, Names.HTTP2)
                    .addFilters(http(port))
                    .build());
        }
        return switch (port.authorization()) {
            case Authorization.AnyMeshPeer _ ->
                Optional.of(chain(port, tls.downstream(), Names.ALPN)
                        .addFilters(tcp(port))
                        .build());
            case Authorization.Granted(List<Authorization.Grant> grants) when grants.isEmpty() -> Optional.empty();
            case Authorization.Granted(List<Authorization.Grant> grants) ->
                Optional.of(chain(port, tls.downstream(Rbac.peers(grants)), Names.ALPN)
                        .addFilters(Rbac.networkFilter(port.label(), grants))
                        .addFilters(tcp(port))
                        .build());
        };
    }

    private static FilterChain.Builder chain(InboundPort port, TransportSocket socket, String... protocols) {
        return FilterChain.newBuilder()
                .setName("inbound_" + port.port())
                .setFilterChainMatch(FilterChainMatch.newBuilder()
                        .setDestinationPort(Proto.uint(port.port()))
                        .setTransportProtocol("tls")
                        .addAllApplicationProtocols(List.of(protocols)))
                .setTransportSocket(socket);
    }

    private static Filter http(InboundPort port) {
        return HttpConnectionManagers.discovered(
                Names.inboundRoutes(port.port()),
                Names.inboundRoutes(port.port()),
                List.of(Rbac.httpFilter()),
                List.of());
    }

    private static Filter tcp(InboundPort port) {
        return Proto.filter(
                "envoy.filters.network.tcp_proxy",
                TcpProxy.newBuilder()
                        .setStatPrefix("inbound." + port.port())
                        .setCluster(Names.localCluster(port.port()))
                        .build());
    }
}
