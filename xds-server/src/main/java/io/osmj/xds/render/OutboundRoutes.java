package io.osmj.xds.render;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;

/**
 * The one outbound route table, the same in every proxy and in every mode: a request goes to the cluster of the dialled address,
 * whose name an early mutation wrote into a header. What the application writes into {@code Host} changes nothing, and whether
 * the call is allowed is said by what the cluster is.
 */
final class OutboundRoutes {
    private OutboundRoutes() {}

    static RouteConfiguration render() {
        return RouteConfiguration.newBuilder()
                .setName(Names.OUTBOUND_ROUTES)
                .setValidateClusters(BoolValue.of(false))
                .addRequestHeadersToRemove(Names.CLUSTER_HEADER)
                .addVirtualHosts(VirtualHost.newBuilder()
                        .setName("outbound")
                        .addDomains("*")
                        .addRoutes(Route.newBuilder()
                                .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                                .setRoute(dialled())))
                .build();
    }

    /** No timeout of the mesh's own: how long an answer may take is the application's affair. */
    private static RouteAction.Builder dialled() {
        return RouteAction.newBuilder()
                .setClusterHeader(Names.CLUSTER_HEADER)
                .setTimeout(Duration.getDefaultInstance());
    }
}
