package io.osmj.xds.render;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.common.set_filter_state.v3.FilterStateValue;
import io.envoyproxy.envoy.extensions.filters.listener.original_dst.v3.OriginalDst;
import io.envoyproxy.envoy.extensions.filters.network.set_filter_state.v3.Config;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.osmj.core.plan.ProxyPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The outbound listener. It never waits for the application's first bytes: what is spoken is known from the address dialled,
 * so protocols in which the server speaks first need no special care.
 */
final class OutboundListener {
    private static final int PORT = 15_001;
    private static final String DIALLED = "%DOWNSTREAM_LOCAL_ADDRESS%";
    private static final String TCP_PROXY = "envoy.filters.network.tcp_proxy";

    private OutboundListener() {}

    /** The listener; empty when nothing may be dialled, so that connections are refused (OSM's behaviour). */
    static Optional<Listener> render(ProxyPlan plan) {
        if (plan.destinations().isEmpty() && !plan.egress()) {
            return Optional.empty();
        }
        List<FilterChain> chains = new ArrayList<>(List.of(http(), tcp()));
        if (plan.egress()) {
            chains.add(egress());
        }
        return Optional.of(Listener.newBuilder()
                .setName(Names.OUTBOUND_LISTENER)
                .setAddress(Proto.address("0.0.0.0", PORT))
                .setTrafficDirection(TrafficDirection.OUTBOUND)
                .addListenerFilters(InboundListener.listenerFilter(
                        "envoy.filters.listener.original_dst", OriginalDst.getDefaultInstance()))
                .setFilterChainMatcher(DialledMatcher.render(plan))
                .addAllFilterChains(chains)
                .build());
    }

    private static FilterChain http() {
        return chain(
                DialledMatcher.HTTP,
                HttpConnectionManagers.discovered(
                        Names.OUTBOUND_ROUTES, Names.OUTBOUND_ROUTES, List.of(), List.of(dialledAddressAsHeaders())));
    }

    private static TypedExtensionConfig dialledAddressAsHeaders() {
        return TypedExtensionConfig.newBuilder()
                .setName("envoy.http.early_header_mutation.header_mutation")
                .setTypedConfig(
                        Any.pack(io.envoyproxy.envoy.extensions.http.early_header_mutation.header_mutation.v3
                                .HeaderMutation.newBuilder()
                                .addMutations(overwrite(Names.DESTINATION_HEADER, DIALLED))
                                .addMutations(overwrite(Names.CLUSTER_HEADER, Names.prefix(true) + DIALLED))
                                .build()))
                .build();
    }

    private static HeaderMutation overwrite(String name, String value) {
        return HeaderMutation.newBuilder()
                .setAppend(HeaderValueOption.newBuilder()
                        .setAppendAction(HeaderValueOption.HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
                        .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value)))
                .build();
    }

    private static FilterChain tcp() {
        FilterStateValue cluster = FilterStateValue.newBuilder()
                .setObjectKey("envoy.tcp_proxy.cluster")
                .setFormatString(SubstitutionFormatString.newBuilder()
                        .setTextFormatSource(DataSource.newBuilder().setInlineString(Names.prefix(false) + DIALLED)))
                .build();
        return chain(
                DialledMatcher.TCP,
                Proto.filter(
                        "envoy.filters.network.set_filter_state",
                        Config.newBuilder().addOnNewConnection(cluster).build()),
                proxy("outbound-tcp", "no-such-destination"));
    }

    private static FilterChain egress() {
        return chain(DialledMatcher.EGRESS, proxy("egress", Names.PASSTHROUGH_CLUSTER));
    }

    private static Filter proxy(String statPrefix, String cluster) {
        return Proto.filter(
                TCP_PROXY,
                TcpProxy.newBuilder()
                        .setStatPrefix(statPrefix)
                        .setCluster(cluster)
                        .build());
    }

    private static FilterChain chain(String name, Filter... filters) {
        return FilterChain.newBuilder()
                .setName(name)
                .addAllFilters(List.of(filters))
                .build();
    }
}
