package io.osmj.xds.proxyless;

import io.osmj.core.plan.NamedService;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;

/** Turns a service that was asked for by name into the resources of a client that has no sidecar. */
public final class ProxylessRenderer {
    private ProxylessRenderer() {}

    /** A listener for each name of the service, and the routes, cluster and endpoints that all of them lead to. */
    public static List<EnvoyResource> render(NamedService service) {
        String name = ServiceName.whole(service.service());
        List<EnvoyResource> resources = new ArrayList<>();
        for (String called : ServiceName.all(service.service())) {
            resources.add(EnvoyResource.of(ResourceType.LISTENER, called, ClientListener.listener(called, name)));
        }
        resources.add(EnvoyResource.of(ResourceType.ROUTE, name, ClientListener.routes(name, name)));
        resources.add(EnvoyResource.of(ResourceType.CLUSTER, name, ClientCluster.render(name, service)));
        resources.add(EnvoyResource.of(ResourceType.ENDPOINT, name, ClientEndpoints.render(name, service.access())));
        return List.copyOf(resources);
    }
}
