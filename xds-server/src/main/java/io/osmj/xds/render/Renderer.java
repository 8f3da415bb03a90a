package io.osmj.xds.render;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.InboundPort;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;

/** Turns a plan into the resources of its proxy, without the secrets; those are rendered where they are issued. */
public final class Renderer {
    private final ProxyPlan plan;
    private final TlsContexts tls;
    private final List<EnvoyResource> resources = new ArrayList<>();

    private Renderer(ProxyPlan plan) {
        this.plan = plan;
        this.tls = new TlsContexts(plan.tls());
    }

    /** All listeners, routes, clusters and endpoints of the plan. */
    public static ResourceSet render(ProxyPlan plan) {
        return ResourceSet.of(list(plan));
    }

    /** The same as a list, so that secrets can be added before a set is made of it. */
    public static List<EnvoyResource> list(ProxyPlan plan) {
        Renderer renderer = new Renderer(plan);
        renderer.inbound();
        renderer.outbound();
        renderer.metrics();
        return List.copyOf(renderer.resources);
    }

    private void inbound() {
        InboundListener.render(plan.inbound(), tls)
                .ifPresent(listener -> add(ResourceType.LISTENER, listener.getName(), listener));
        for (InboundPort port : plan.inbound()) {
            cluster(LocalCluster.render(port));
            if (port.http()) {
                add(ResourceType.ROUTE, Names.inboundRoutes(port.port()), InboundRoutes.render(port));
            }
        }
    }

    private void outbound() {
        OutboundListener.render(plan).ifPresent(listener -> add(ResourceType.LISTENER, listener.getName(), listener));
        add(ResourceType.ROUTE, Names.OUTBOUND_ROUTES, OutboundRoutes.render(plan));
        for (Destination destination : plan.destinations()) {
            if (destination.access() instanceof Destination.Allowed allowed) {
                cluster(UpstreamCluster.render(destination, allowed, tls));
                add(ResourceType.ENDPOINT, Names.cluster(destination), UpstreamEndpoints.render(destination, allowed));
            }
        }
        if (plan.egress()) {
            cluster(PassthroughCluster.render());
        }
    }

    private void metrics() {
        if (plan.metrics()) {
            add(ResourceType.LISTENER, Names.METRICS_LISTENER, MetricsListener.render());
            cluster(MetricsListener.cluster());
        }
    }

    private void cluster(Cluster cluster) {
        add(ResourceType.CLUSTER, cluster.getName(), cluster);
    }

    private void add(ResourceType type, String name, com.google.protobuf.Message message) {
        resources.add(EnvoyResource.of(type, name, message));
    }
}
