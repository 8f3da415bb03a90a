package io.osmj.xds.render;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.osmj.core.intercept.Capture;

/** Lets a scraper read the proxy's statistics and nothing else of its administration interface: one exact path. */
final class MetricsListener {
    private static final int PORT = 15_010;
    private static final int ADMIN_PORT = 15_000;

    private MetricsListener() {}

    static Listener render(Capture capture) {
        RouteConfiguration routes = RouteConfiguration.newBuilder()
                .setName("metrics")
                .addVirtualHosts(VirtualHost.newBuilder()
                        .setName("metrics")
                        .addDomains("*")
                        .addRoutes(Route.newBuilder()
                                .setMatch(RouteMatch.newBuilder().setPath("/stats/prometheus"))
                                .setRoute(RouteAction.newBuilder().setCluster(Names.METRICS_CLUSTER))))
                .build();
        return Listener.newBuilder()
                .setName(Names.METRICS_LISTENER)
                .setAddress(Listening.address(capture, PORT))
                .setTrafficDirection(TrafficDirection.INBOUND)
                .addFilterChains(FilterChain.newBuilder()
                        .addFilters(
                                HttpConnectionManagers.filter(HttpConnectionManagers.hardened(Names.METRICS_LISTENER)
                                        .setRouteConfig(routes)
                                        .addHttpFilters(HttpConnectionManagers.router())
                                        .build())))
                .build();
    }

    static Cluster cluster() {
        return Clusters.cluster(Names.METRICS_CLUSTER, Names.METRICS_CLUSTER, false)
                .setType(Cluster.DiscoveryType.STATIC)
                .setLoadAssignment(Clusters.single(Names.METRICS_CLUSTER, "127.0.0.1", ADMIN_PORT))
                .build();
    }
}
