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
 * and not in the listener, so a change of policy binds on connections that are already open and closes none.
 */
final class InboundRoutes {
    private InboundRoutes() {}

    static RouteConfiguration render(InboundPort port) {
        VirtualHost application = VirtualHost.newBuilder()
                .setName("inbound_" + port.port())
                .addDomains("*")
                .putTypedPerFilterConfig(Rbac.HTTP_FILTER, Any.pack(Rbac.perRoute(port.authorization())))
                .addRoutes(Route.newBuilder()
                        .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                        .setRoute(RouteAction.newBuilder()
                                .setCluster(Names.localCluster(port.port()))
                                .setTimeout(Duration.getDefaultInstance())))
                .build();
        return RouteConfiguration.newBuilder()
                .setName(Names.inboundRoutes(port.port()))
                .setValidateClusters(BoolValue.of(false))
                .addVirtualHosts(application)
                .build();
    }
}
