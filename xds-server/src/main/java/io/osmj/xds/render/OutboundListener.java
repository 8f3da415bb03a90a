package io.osmj.xds.render;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.common.set_filter_state.v3.FilterStateValue;
import io.envoyproxy.envoy.extensions.filters.common.set_filter_state.v3.FilterStateValue.SharedWithUpstream;
import io.envoyproxy.envoy.extensions.filters.network.set_filter_state.v3.Config;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.osmj.core.intercept.Capture;
import io.osmj.core.names.Ports;
import io.osmj.core.plan.Reach;
import java.util.ArrayList;
import java.util.List;

/**
 * The outbound listener. It never waits for the application's first bytes: what is spoken is known from the address dialled,
 * so protocols in which the server speaks first need no special care.
 *
 * <p>It does not know a single service: the cluster of an address is asked for when the address is dialled. So it is there from
 * the first moment, when nothing is known yet, and is the same in every proxy that no Egress lets out of the mesh.
 */
final class OutboundListener {
    private static final String SET_STATE = "envoy.filters.network.set_filter_state";
    private static final String CLUSTER = "envoy.tcp_proxy.cluster";
    private static final String UNKNOWN = "no-such-destination";

    private OutboundListener() {}

    static Listener render(Reach reach, HttpConnectionManagers managers, Capture capture) {
        List<FilterChain> chains =
                new ArrayList<>(List.of(chain(DialledMatcher.HTTP, RequestsByDestination.filter(managers)), tcp()));
        if (reach.passes()) {
            chains.add(egress());
        }
        if (!reach.byName().isEmpty()) {
            chains.add(chain(
                    DialledMatcher.EXIT,
                    byBytes("egress-by-name", Names.EXIT + "%DOWNSTREAM_LOCAL_PORT%")
                            .toArray(Filter[]::new)));
        }
        return Listener.newBuilder()
                .setName(Names.OUTBOUND_LISTENER)
                .setAddress(Listening.address(capture, Ports.OUTBOUND))
                .setTrafficDirection(TrafficDirection.OUTBOUND)
                .addListenerFilters(Listening.dialled(capture))
                .setFilterChainMatcher(DialledMatcher.render(reach))
                .addAllFilterChains(chains)
                .build();
    }

    /** The cluster goes by the dialled address. Both addresses go along, should it be the listener inside that sees requests. */
    private static FilterChain tcp() {
        Config state = Config.newBuilder()
                .addOnNewConnection(value(CLUSTER, DestinationName.BYTES + RequestsByDestination.DIALLED))
                .addOnNewConnection(
                        shared("envoy.filters.listener.original_dst.local_ip", RequestsByDestination.DIALLED))
                .addOnNewConnection(
                        shared("envoy.filters.listener.original_dst.remote_ip", "%DOWNSTREAM_REMOTE_ADDRESS%"))
                .build();
        TcpProxy.Builder proxy = proxy("outbound-tcp", UNKNOWN)
                .setOnDemand(TcpProxy.OnDemand.newBuilder()
                        .setOdcdsConfig(Proto.ADS)
                        .setTimeout(RequestsByDestination.PATIENCE));
        return chain(DialledMatcher.TCP, Proto.filter(SET_STATE, state), filter(proxy));
    }

    /** Carries a connection to the cluster of this name, which may be made of what is known of the connection; else closes it. */
    static List<Filter> byBytes(String statPrefix, String cluster) {
        Config state =
                Config.newBuilder().addOnNewConnection(value(CLUSTER, cluster)).build();
        return List.of(Proto.filter(SET_STATE, state), filter(proxy(statPrefix, UNKNOWN)));
    }

    private static FilterStateValue.Builder value(String key, String format) {
        return FilterStateValue.newBuilder()
                .setObjectKey(key)
                .setFormatString(SubstitutionFormatString.newBuilder()
                        .setTextFormatSource(DataSource.newBuilder().setInlineString(format)));
    }

    private static FilterStateValue.Builder shared(String key, String format) {
        return value(key, format).setSharedWithUpstream(SharedWithUpstream.ONCE);
    }

    private static FilterChain egress() {
        return chain(DialledMatcher.EGRESS, filter(proxy("egress", Names.PASSTHROUGH_CLUSTER)));
    }

    private static TcpProxy.Builder proxy(String statPrefix, String cluster) {
        return TcpProxy.newBuilder().setStatPrefix(statPrefix).setCluster(cluster);
    }

    private static Filter filter(TcpProxy.Builder proxy) {
        return Proto.filter("envoy.filters.network.tcp_proxy", proxy.build());
    }

    private static FilterChain chain(String name, Filter... filters) {
        return FilterChain.newBuilder()
                .setName(name)
                .addAllFilters(List.of(filters))
                .build();
    }
}
