package io.osmj.xds.render;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.filters.http.on_demand.v3.OnDemand;
import io.envoyproxy.envoy.extensions.filters.http.on_demand.v3.OnDemandCds;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;

/**
 * The connection manager for outgoing requests. It writes the name of the dialled address's cluster into a header, whatever
 * the application wrote there, and holds a request whose cluster is not known yet until the control plane has told it.
 */
final class RequestsByDestination {
    /** The address that the application dialled; interception does not hide it. */
    static final String DIALLED = "%DOWNSTREAM_LOCAL_ADDRESS%";

    /** How long a first contact waits for the control plane. Envoy's own 5 and 15 s outlast most callers' patience. */
    static final Duration PATIENCE = Duration.newBuilder().setSeconds(2).build();

    private RequestsByDestination() {}

    static Filter filter(HttpConnectionManagers managers) {
        return managers.dialled(Names.OUTBOUND_ROUTES, Names.OUTBOUND_ROUTES, onDemand(), dialledAddressAsHeader());
    }

    private static HttpFilter onDemand() {
        return Proto.httpFilter(
                "envoy.filters.http.on_demand",
                OnDemand.newBuilder()
                        .setOdcds(OnDemandCds.newBuilder().setSource(Proto.ADS).setTimeout(PATIENCE))
                        .build());
    }

    private static TypedExtensionConfig dialledAddressAsHeader() {
        HeaderMutation overwrite = HeaderMutation.newBuilder()
                .setAppend(HeaderValueOption.newBuilder()
                        .setAppendAction(HeaderValueOption.HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
                        .setHeader(HeaderValue.newBuilder()
                                .setKey(Names.CLUSTER_HEADER)
                                .setValue(DestinationName.REQUESTS + DIALLED)))
                .build();
        return TypedExtensionConfig.newBuilder()
                .setName("envoy.http.early_header_mutation.header_mutation")
                .setTypedConfig(
                        Any.pack(io.envoyproxy.envoy.extensions.http.early_header_mutation.header_mutation.v3
                                .HeaderMutation.newBuilder()
                                .addMutations(overwrite)
                                .build()))
                .build();
    }
}
