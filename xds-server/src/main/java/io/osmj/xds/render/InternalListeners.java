package io.osmj.xds.render;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.Listener.InternalListenerConfig;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;

/**
 * Listeners inside the proxy, reached by clusters and by nobody else. They let the control plane's answer about one destination
 * decide what a fixed listener cannot: whether requests are seen, and whether they are refused.
 */
final class InternalListeners {
    private InternalListeners() {}

    /** Takes a connection of the TCP chain and sees its requests, as the HTTP chain does. The original addresses come along. */
    static Listener requests(HttpConnectionManagers managers) {
        return internal(Names.REQUESTS_LISTENER)
                .addFilterChains(chain(Names.REQUESTS_LISTENER, RequestsByDestination.filter(managers)))
                .addListenerFilters(Listening.originalDestination())
                .build();
    }

    /**
     * Refuses. It has to be a 403: Dapr takes a reset for an outage and retries for three seconds, and takes a 404 for an
     * older peer. A gRPC caller gets PERMISSION_DENIED. The connection manager in front of it writes the access log.
     */
    static Listener denied() {
        RouteConfiguration routes = RouteConfiguration.newBuilder()
                .setName(Names.DENIED_LISTENER)
                .addVirtualHosts(VirtualHost.newBuilder()
                        .setName(Names.DENIED_LISTENER)
                        .addDomains("*")
                        .addRoutes(Route.newBuilder()
                                .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                                .setDirectResponse(DirectResponseAction.newBuilder()
                                        .setStatus(403)
                                        .setBody(DataSource.newBuilder().setInlineString("RBAC: access denied")))))
                .build();
        return internal(Names.DENIED_LISTENER)
                .addFilterChains(chain(
                        Names.DENIED_LISTENER,
                        HttpConnectionManagers.filter(HttpConnectionManagers.hardened(Names.DENIED_LISTENER)
                                .setRouteConfig(routes)
                                .addHttpFilters(HttpConnectionManagers.router())
                                .build())))
                .build();
    }

    static Listener.Builder internal(String name) {
        return Listener.newBuilder()
                .setName(name)
                .setInternalListener(InternalListenerConfig.getDefaultInstance())
                .setTrafficDirection(TrafficDirection.OUTBOUND);
    }

    private static FilterChain.Builder chain(String name, Filter filter) {
        return FilterChain.newBuilder().setName(name).addFilters(filter);
    }
}
