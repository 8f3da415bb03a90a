package io.osmj.xds.render;

import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.accesslog.v3.ResponseFlagFilter;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.LocalReplyConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.ResponseMapper;

/** What the proxy says when it answers itself and Envoy's own answer would be empty. */
final class LocalReplies {
    /** Envoy's flag of an answer to a request for which there is no cluster. */
    private static final String NO_CLUSTER = "NC";

    private static final String UNKNOWN = "no destination is known at " + RequestsByDestination.DIALLED
            + ": nothing in the mesh has this address, or the control plane did not answer in time\n";

    private LocalReplies() {}

    /** For requests to whatever the application dials. The status stays, 503. */
    static LocalReplyConfig ofUnknownDestinations() {
        return LocalReplyConfig.newBuilder()
                .addMappers(ResponseMapper.newBuilder()
                        .setFilter(AccessLogFilter.newBuilder()
                                .setResponseFlagFilter(
                                        ResponseFlagFilter.newBuilder().addFlags(NO_CLUSTER)))
                        .setBodyFormatOverride(SubstitutionFormatString.newBuilder()
                                .setTextFormatSource(DataSource.newBuilder().setInlineString(UNKNOWN))))
                .build();
    }
}
