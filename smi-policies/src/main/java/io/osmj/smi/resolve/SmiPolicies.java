package io.osmj.smi.resolve;

import io.osmj.smi.read.HttpRouteGroup;
import io.osmj.smi.read.TcpRoute;
import io.osmj.smi.read.TrafficTarget;
import java.util.List;

/**
 * All SMI access objects of the mesh's namespaces.
 *
 * @param targets traffic targets that take effect
 * @param routeGroups HTTP route groups
 * @param tcpRoutes TCP routes
 */
public record SmiPolicies(List<TrafficTarget> targets, List<HttpRouteGroup> routeGroups, List<TcpRoute> tcpRoutes) {
    public SmiPolicies {
        targets = List.copyOf(targets);
        routeGroups = List.copyOf(routeGroups);
        tcpRoutes = List.copyOf(tcpRoutes);
    }
}
