package io.osmj.xds.render;

import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.plan.InboundPort;
import io.osmj.core.policy.Ingress;
import io.osmj.core.policy.IngressProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The chains by which callers from outside the mesh come to a port. They take connections from the addresses that are named and
 * none by which a sidecar offers its application protocol; those find the mesh's own chain, which is the same with ingress and
 * without. Who may send a request is said once more in the route table, exactly, and binds on connections that are open.
 */
final class IngressChains {
    private final InboundPort port;
    private final TlsContexts tls;
    private final HttpConnectionManagers managers;
    private final List<FilterChain> chains = new ArrayList<>();

    private IngressChains(InboundPort port, TlsContexts tls, HttpConnectionManagers managers) {
        this.port = port;
        this.tls = tls;
        this.managers = managers;
    }

    static List<FilterChain> render(InboundPort port, TlsContexts tls, HttpConnectionManagers managers) {
        IngressChains ingress = new IngressChains(port, tls, managers);
        ingress.plain(
                port.ingress().stream().filter(one -> !one.protocol().tls()).toList());
        ingress.secured(
                port.ingress().stream().filter(one -> one.protocol().tls()).toList());
        return ingress.chains;
    }

    private void plain(List<Ingress> all) {
        if (!all.isEmpty()) {
            chains.add(chain("http", match(all, "raw_buffer"), Rbac.INGRESS).build());
        }
    }

    /**
     * A client of the mesh without a sidecar offers {@code h2} as an ingress controller may. Coming from an address that is named it
     * finds the chain for that, and keeps there what the mesh's own chain gives it.
     */
    private void secured(List<Ingress> all) {
        if (all.isEmpty()) {
            return;
        }
        boolean certificate = all.stream().allMatch(one -> one.protocol() == IngressProtocol.MUTUAL_HTTPS);
        chains.add(chain("https", match(all, "tls"), Rbac.INGRESS)
                .setTransportSocket(tls.downstreamIngress(certificate))
                .build());
        chains.add(chain("h2", match(all, "tls").addApplicationProtocols(Names.HTTP2), Rbac.INGRESS_AND_MESH)
                .setTransportSocket(tls.downstreamIngress(certificate))
                .build());
    }

    private FilterChain.Builder chain(String kind, FilterChainMatch.Builder match, String filter) {
        return FilterChain.newBuilder()
                .setName("ingress_" + port.port() + "_" + kind)
                .setFilterChainMatch(match)
                .addAllFilters(LocalRates.connections(port))
                .addFilters(managers.behindOneProxy(
                        "ingress." + port.port(),
                        Names.inboundRoutes(port.port()),
                        InboundListener.filters(port, filter)));
    }

    private FilterChainMatch.Builder match(List<Ingress> all, String transport) {
        return FilterChainMatch.newBuilder()
                .setDestinationPort(Proto.uint(port.port()))
                .setTransportProtocol(transport)
                .addAllSourcePrefixRanges(all.stream()
                        .flatMap(one -> one.from().stream())
                        .flatMap(IngressChains::distinguishable)
                        .sorted()
                        .distinct()
                        .map(Proto::range)
                        .toList());
    }

    /** The mesh's own chain for {@code h2} is for every address, and Envoy takes no two that match alike. */
    private static Stream<Cidr> distinguishable(Cidr range) {
        return range.equals(Cidr.EVERYTHING) ? Stream.of(new Cidr(0, 1), new Cidr(1 << 31, 1)) : Stream.of(range);
    }
}
