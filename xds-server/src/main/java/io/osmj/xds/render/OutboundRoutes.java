package io.osmj.xds.render;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.ProxyPlan;
import java.util.List;

/**
 * The one outbound route table. It goes by the dialled address, which an early mutation wrote into a header; what the
 * application writes into {@code Host} changes nothing.
 *
 * <p>Permissive: one route, whose cluster is the dialled address. Strict: one route for each destination that is allowed; every
 * other gets 403 at once. It has to be a 403: Dapr takes a reset for an outage and retries for three seconds, and
 * takes a 404 for an older peer.
 */
final class OutboundRoutes {
    private OutboundRoutes() {}

    static RouteConfiguration render(ProxyPlan plan) {
        RouteConfiguration.Builder routes = RouteConfiguration.newBuilder()
                .setName(Names.OUTBOUND_ROUTES)
                .setValidateClusters(BoolValue.of(false))
                .addRequestHeadersToRemove(Names.DESTINATION_HEADER)
                .addRequestHeadersToRemove(Names.CLUSTER_HEADER);
        return routes.addVirtualHosts(plan.strict() ? allowedOnly(plan.destinations()) : everyDestination())
                .build();
    }

    private static VirtualHost everyDestination() {
        return virtualHost().addRoutes(dialled()).build();
    }

    private static VirtualHost allowedOnly(List<Destination> destinations) {
        VirtualHost.Builder host = virtualHost();
        destinations.stream()
                .filter(destination -> destination.http() && destination.access() instanceof Destination.Allowed)
                .forEach(destination -> host.addRoutes(to(destination)));
        return host.addRoutes(denied()).build();
    }

    private static VirtualHost.Builder virtualHost() {
        return VirtualHost.newBuilder().setName("outbound").addDomains("*");
    }

    private static Route.Builder to(Destination destination) {
        return Route.newBuilder()
                .setName(destination.label() + " at " + destination.key())
                .setMatch(RouteMatch.newBuilder()
                        .setPrefix("/")
                        .addHeaders(HeaderMatcher.newBuilder()
                                .setName(Names.DESTINATION_HEADER)
                                .setStringMatch(Proto.exactly(destination.key()))))
                .setRoute(action().setCluster(Names.cluster(destination)));
    }

    private static Route.Builder dialled() {
        return route().setRoute(action().setClusterHeader(Names.CLUSTER_HEADER));
    }

    private static Route.Builder denied() {
        return route().setDirectResponse(DirectResponseAction.newBuilder()
                .setStatus(403)
                .setBody(DataSource.newBuilder().setInlineString("RBAC: access denied")));
    }

    private static Route.Builder route() {
        return Route.newBuilder().setMatch(RouteMatch.newBuilder().setPrefix("/"));
    }

    /** No timeout of the mesh's own: how long an answer may take is the application's affair. */
    private static RouteAction.Builder action() {
        return RouteAction.newBuilder().setTimeout(Duration.getDefaultInstance());
    }
}
