package io.osmj.xds.render;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.osmj.core.plan.InboundPort;

/**
 * The route table of one inbound HTTP port: everything goes to the application, if a grant lets it. The grants live here
 * and not in the listener, so a change of policy binds on connections that are already open and closes none. That goes for
 * those from outside the mesh too: it is one table for all chains of the port, and a filter that it says nothing of allows nothing.
 */
final class InboundRoutes {
    private InboundRoutes() {}

    static RouteConfiguration render(InboundPort port) {
        VirtualHost.Builder application = VirtualHost.newBuilder()
                .setName("inbound_" + port.port())
                .addDomains("*")
                .putTypedPerFilterConfig(Rbac.MESH, Any.pack(Rbac.perRoute(port.authorization())))
                .addRoutes(Route.newBuilder()
                        .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                        .setRoute(RouteAction.newBuilder()
                                .setCluster(Names.localCluster(port.port()))
                                .setTimeout(Duration.getDefaultInstance())));
        if (!port.ingress().isEmpty()) {
            application
                    .putTypedPerFilterConfig(Rbac.INGRESS, Any.pack(IngressRbac.perRoute(port.ingress())))
                    .putTypedPerFilterConfig(
                            Rbac.INGRESS_AND_MESH,
                            Any.pack(IngressRbac.perRoute(port.ingress(), port.authorization())));
        }
        if (!port.rates().requests().isEmpty()) {
            LocalRates.limit(application, port);
        }
        return RouteConfiguration.newBuilder()
                .setName(Names.inboundRoutes(port.port()))
                .setValidateClusters(BoolValue.of(false))
                .addRequestHeadersToRemove(Names.CALLER_HEADER)
                .addVirtualHosts(application)
                .build();
    }
}
