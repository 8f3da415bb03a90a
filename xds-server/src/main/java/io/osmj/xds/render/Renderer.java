package io.osmj.xds.render;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.InboundPort;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.settings.SidecarSettings;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;

/** Turns a plan into the resources of its proxy, without the secrets; those are rendered where they are issued. */
public final class Renderer {
    private final ProxyPlan plan;
    private final HttpConnectionManagers managers;
    private final List<EnvoyResource> resources = new ArrayList<>();

    private Renderer(ProxyPlan plan) {
        this.plan = plan;
        this.managers = new HttpConnectionManagers(plan.accessLog());
    }

    /** All listeners, routes, clusters and endpoints of the plan. */
    public static ResourceSet render(ProxyPlan plan) {
        return ResourceSet.of(list(plan));
    }

    /** The same as a list, so that secrets can be added before a set is made of it. */
    public static List<EnvoyResource> list(ProxyPlan plan) {
        List<EnvoyResource> all = new ArrayList<>(frame(plan));
        plan.destinations().forEach(destination -> all.addAll(destination(destination, plan.tls())));
        return List.copyOf(all);
    }

    /** Everything but the destinations. It does not depend on them. */
    public static List<EnvoyResource> frame(ProxyPlan plan) {
        Renderer renderer = new Renderer(plan);
        renderer.inbound();
        renderer.outbound();
        renderer.metrics();
        return List.copyOf(renderer.resources);
    }

    /**
     * What a proxy is told about one destination: each cluster that {@link DestinationName} may ask for there and, after a
     * cluster that takes its endpoints from the server, its endpoints. The caller leaves no trace in them, so callers that may
     * do the same share them.
     *
     * @param tls what the sidecars of the mesh speak with each other
     */
    public static List<EnvoyResource> destination(Destination destination, SidecarSettings.Tls tls) {
        return DestinationClusters.render(destination, tls);
    }

    private void inbound() {
        InboundListener.render(plan.inbound(), new TlsContexts(plan.tls()), managers, plan.capture())
                .ifPresent(this::listener);
        for (InboundPort port : plan.inbound()) {
            cluster(LocalCluster.render(port));
            if (port.http()) {
                add(ResourceType.ROUTE, Names.inboundRoutes(port.port()), InboundRoutes.render(port));
            }
        }
    }

    private void outbound() {
        listener(OutboundListener.render(plan.reach(), managers, plan.capture()));
        listener(InternalListeners.requests(managers));
        listener(InternalListeners.denied());
        add(ResourceType.ROUTE, Names.OUTBOUND_ROUTES, OutboundRoutes.render(plan.retries()));
        if (plan.reach().passes()) {
            cluster(PassthroughCluster.render());
        }
        plan.reach().byName().forEach(exit -> resources.addAll(ExitRenderer.render(exit, managers)));
    }

    private void metrics() {
        if (plan.metrics()) {
            listener(MetricsListener.render(plan.capture()));
            cluster(MetricsListener.cluster());
        }
    }

    private void listener(Listener listener) {
        add(ResourceType.LISTENER, listener.getName(), listener);
    }

    private void cluster(Cluster cluster) {
        add(ResourceType.CLUSTER, cluster.getName(), cluster);
    }

    private void add(ResourceType type, String name, Message message) {
        resources.add(EnvoyResource.of(type, name, message));
    }
}
