package io.osmj.xds.render;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.InternalAddressConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.PathWithEscapedSlashesAction;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ServerHeaderTransformation;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.UpgradeConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.settings.AccessLog;
import java.util.List;

/** What every HTTP connection manager of the mesh has in common. */
final class HttpConnectionManagers {
    private static final String NAME = "envoy.filters.network.http_connection_manager";

    /** An address from which nothing ever comes. With none at all, Envoy counts loopback and all private ranges: each pod's. */
    private static final InternalAddressConfig NOBODY = InternalAddressConfig.newBuilder()
            .addCidrRanges(Proto.range(new Cidr(-1, 32)))
            .build();

    private final List<io.envoyproxy.envoy.config.accesslog.v3.AccessLog> logs;

    /** Those of one proxy. */
    HttpConnectionManagers(AccessLog log) {
        this.logs = AccessLogs.of(log);
    }

    /** A manager that takes its routes from the server; filters come in the order given, the router last. */
    Filter discovered(String statPrefix, String routes, List<HttpFilter> filters) {
        return filter(discovered(hardened(statPrefix), routes, filters).build());
    }

    /** The same for requests to whatever the application dials. */
    Filter dialled(String statPrefix, String routes, HttpFilter filter, TypedExtensionConfig earlyMutation) {
        return filter(discovered(hardened(statPrefix), routes, List.of(filter))
                .addEarlyHeaderMutationExtensions(earlyMutation)
                .setLocalReplyConfig(LocalReplies.ofUnknownDestinations())
                .build());
    }

    /**
     * The same for peers that are proxies of a client's. What they say of the scheme that the client used, in
     * {@code x-forwarded-proto}, gets to the application; else one that insists on {@code https} would redirect for ever.
     */
    Filter behindOneProxy(String statPrefix, String routes, List<HttpFilter> filters) {
        return filter(discovered(hardened(statPrefix), routes, filters)
                .setXffNumTrustedHops(1)
                .build());
    }

    private HttpConnectionManager.Builder discovered(
            HttpConnectionManager.Builder manager, String routes, List<HttpFilter> filters) {
        return manager.setRds(Rds.newBuilder().setRouteConfigName(routes).setConfigSource(Proto.ADS))
                .addAllHttpFilters(filters)
                .addHttpFilters(router())
                .addAllAccessLog(logs);
    }

    static Filter filter(HttpConnectionManager manager) {
        return Proto.filter(NAME, manager);
    }

    /**
     * Paths are normalised before any rule sees them: else {@code /public/../secret} passes a rule for {@code /public/.*}.
     * The peer's address is the real one and no address counts as internal, so that {@code x-envoy-*} headers of a peer
     * steer nothing. Streams may stay idle: a mesh that cuts long polls is noticed.
     */
    static HttpConnectionManager.Builder hardened(String statPrefix) {
        return HttpConnectionManager.newBuilder()
                .setStatPrefix(statPrefix)
                .setNormalizePath(BoolValue.of(true))
                .setMergeSlashes(true)
                .setPathWithEscapedSlashesAction(PathWithEscapedSlashesAction.UNESCAPE_AND_FORWARD)
                .setUseRemoteAddress(BoolValue.of(true))
                .setSkipXffAppend(true)
                .setInternalAddressConfig(NOBODY)
                .setGenerateRequestId(BoolValue.of(false))
                .setServerHeaderTransformation(ServerHeaderTransformation.PASS_THROUGH)
                .setStreamIdleTimeout(Duration.getDefaultInstance())
                .addUpgradeConfigs(UpgradeConfig.newBuilder().setUpgradeType("websocket"));
    }

    static HttpFilter router() {
        return Proto.httpFilter(
                "envoy.filters.http.router",
                Router.newBuilder().setSuppressEnvoyHeaders(true).build());
    }
}
