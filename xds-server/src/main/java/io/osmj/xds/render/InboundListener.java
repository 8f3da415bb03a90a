package io.osmj.xds.render;

import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.listener.v3.AdditionalAddress;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.osmj.core.intercept.Capture;
import io.osmj.core.names.Ports;
import io.osmj.core.plan.Authorization;
import io.osmj.core.plan.InboundPort;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The inbound listener: one chain for each port that peers may reach, and those for whoever is let in from outside the mesh. What
 * fits no chain is closed, which is how plain text and strangers are met.
 */
final class InboundListener {
    private InboundListener() {}

    /** The listener; empty when no port is open, and then nothing listens where the kernel sends what comes in. */
    static Optional<Listener> render(
            List<InboundPort> ports, TlsContexts tls, HttpConnectionManagers managers, Capture capture) {
        List<FilterChain> chains =
                ports.stream().flatMap(port -> chains(port, tls, managers)).toList();
        if (chains.isEmpty()) {
            return Optional.empty();
        }
        Listener.Builder listener = Listener.newBuilder()
                .setName(Names.INBOUND_LISTENER)
                .setTrafficDirection(TrafficDirection.INBOUND)
                .addAllFilterChains(chains);
        switch (capture) {
            case Capture.Redirected _ ->
                listener.setAddress(Proto.address("0.0.0.0", Ports.INBOUND))
                        .addListenerFilters(Listening.originalDestination());
            case Capture.Loopback loopback -> listenAtEach(listener, loopback.pod(), ports);
        }
        return Optional.of(listener.addListenerFilters(
                        Listening.filter("envoy.filters.listener.tls_inspector", TlsInspector.getDefaultInstance()))
                .build());
    }

    /** A connection that nobody redirected arrives at the very port that a chain is for. A peer's word counts for nothing here. */
    private static void listenAtEach(Listener.Builder listener, String address, List<InboundPort> ports) {
        listener.setAddress(Proto.address(address, ports.getFirst().port()));
        ports.stream()
                .skip(1)
                .forEach(port -> listener.addAdditionalAddresses(
                        AdditionalAddress.newBuilder().setAddress(Proto.address(address, port.port()))));
    }

    private static Stream<FilterChain> chains(InboundPort port, TlsContexts tls, HttpConnectionManagers managers) {
        return Stream.concat(chain(port, tls, managers).stream(), IngressChains.render(port, tls, managers).stream());
    }

    private static Optional<FilterChain> chain(InboundPort port, TlsContexts tls, HttpConnectionManagers managers) {
        if (port.http()) {
            return Optional.of(chain(port, tls.downstreamHttp(), Names.ALPN, Names.HTTP2)
                    .addAllFilters(LocalRates.connections(port))
                    .addFilters(http(port, managers))
                    .build());
        }
        return switch (port.authorization()) {
            case Authorization.AnyMeshPeer _ ->
                Optional.of(chain(port, tls.downstream(), Names.ALPN)
                        .addAllFilters(LocalRates.connections(port))
                        .addFilters(tcp(port))
                        .build());
            case Authorization.Granted(List<Authorization.Grant> grants) when grants.isEmpty() -> Optional.empty();
            case Authorization.Granted(List<Authorization.Grant> grants) ->
                Optional.of(chain(port, tls.downstream(Rbac.peers(grants)), Names.ALPN)
                        .addFilters(Rbac.networkFilter(port.label(), grants))
                        .addAllFilters(LocalRates.connections(port))
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

    private static Filter http(InboundPort port, HttpConnectionManagers managers) {
        return managers.discovered(
                Names.inboundRoutes(port.port()), Names.inboundRoutes(port.port()), filters(port, Rbac.MESH));
    }

    /** What is refused does not count. */
    static List<HttpFilter> filters(InboundPort port, String grants) {
        return Stream.concat(Stream.of(Rbac.httpFilter(grants)), LocalRates.requests(port).stream())
                .toList();
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
