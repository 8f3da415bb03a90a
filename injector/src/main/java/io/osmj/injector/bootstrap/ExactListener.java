package io.osmj.injector.bootstrap;

import com.google.protobuf.BoolValue;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ServerHeaderTransformation;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.List;

/**
 * A listener that everybody who reaches the pod may talk to, without a certificate. So it answers a GET of the very paths
 * it was made for, byte by byte, and nothing else: no prefix, no query, no other method.
 */
final class ExactListener {
    private ExactListener() {}

    /** Listens on all addresses of the pod; the filters come before the router. */
    static Listener of(String name, int port, List<HttpFilter> filters, List<Route> routes) {
        HttpConnectionManager manager = HttpConnectionManager.newBuilder()
                .setStatPrefix(name)
                .setRouteConfig(RouteConfiguration.newBuilder()
                        .setName(name)
                        .addVirtualHosts(VirtualHost.newBuilder()
                                .setName(name)
                                .addDomains("*")
                                .addAllRoutes(routes)))
                .addAllHttpFilters(filters)
                .addHttpFilters(HttpFilter.newBuilder()
                        .setName("envoy.filters.http.router")
                        .setTypedConfig(EnvoyJson.any(Router.newBuilder()
                                .setSuppressEnvoyHeaders(true)
                                .build())))
                .setGenerateRequestId(BoolValue.of(false))
                .setSkipXffAppend(true)
                .setServerHeaderTransformation(ServerHeaderTransformation.PASS_THROUGH)
                .build();
        return Listener.newBuilder()
                .setName(name)
                .setAddress(address("0.0.0.0", port))
                // A pod that is full of connections is not therefore dead.
                .setIgnoreGlobalConnLimit(true)
                .setBypassOverloadManager(true)
                .setPerConnectionBufferLimitBytes(UInt32Value.of(32 * 1024))
                .addFilterChains(FilterChain.newBuilder()
                        .addFilters(Filter.newBuilder()
                                .setName("envoy.filters.network.http_connection_manager")
                                .setTypedConfig(EnvoyJson.any(manager))))
                .build();
    }

    /** Matches a GET of this path without a query. */
    static RouteMatch get(String path) {
        return RouteMatch.newBuilder()
                .setPath(path)
                .addHeaders(exactly(":path", path))
                .addHeaders(exactly(":method", "GET"))
                .build();
    }

    static HeaderMatcher exactly(String header, String value) {
        return HeaderMatcher.newBuilder()
                .setName(header)
                .setStringMatch(StringMatcher.newBuilder().setExact(value))
                .build();
    }

    static Address address(String ip, int port) {
        return Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder().setAddress(ip).setPortValue(port))
                .build();
    }
}
