package io.osmj.xds.render;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.Destination.Allowed;
import io.osmj.core.plan.Destination.ByName;
import io.osmj.core.plan.Destination.Denied;
import io.osmj.core.plan.Destination.Passthrough;
import io.osmj.core.settings.SidecarSettings;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;

/**
 * What a proxy is told about one destination: the cluster that its listener asks for by name, and its endpoints. What kind of
 * cluster it is says whether the destination may be called.
 */
final class DestinationClusters {
    private final Destination destination;
    private final SidecarSettings.Tls tls;
    private final List<EnvoyResource> resources = new ArrayList<>();

    private DestinationClusters(Destination destination, SidecarSettings.Tls tls) {
        this.destination = destination;
        this.tls = tls;
    }

    static List<EnvoyResource> render(Destination destination, SidecarSettings.Tls tls) {
        DestinationClusters clusters = new DestinationClusters(destination, tls);
        switch (destination.carriage()) {
            case HTTP -> clusters.requests();
            case TCP -> clusters.bytes();
            case HTTP_ON_MIXED_PORT -> {
                clusters.requestsOfConnection();
                clusters.requests();
            }
        }
        return List.copyOf(clusters.resources);
    }

    private void requests() {
        String name = DestinationName.requests(destination);
        switch (destination.access()) {
            case Allowed allowed -> upstream(name, allowed);
            case Denied _ -> add(Clusters.inside(named(name), Names.DENIED_LISTENER));
            case Passthrough _ -> passthrough(name);
            case ByName _ -> byName(name);
        }
    }

    /** Denied is a cluster without endpoints: a connection to it is closed at once, one to no cluster after the patience. */
    private void bytes() {
        String name = DestinationName.bytes(destination);
        switch (destination.access()) {
            case Allowed allowed -> upstream(name, allowed);
            case Denied _ -> add(fixed(name, ClusterLoadAssignment.newBuilder().setClusterName(name)));
            case Passthrough _ -> passthrough(name);
            case ByName _ -> byName(name);
        }
    }

    /** Its statistics have a name of their own, else every connection would be counted twice. */
    private void requestsOfConnection() {
        String name = DestinationName.bytes(destination);
        add(Clusters.inside(Clusters.cluster(name, destination.label() + "|tcp", false), Names.REQUESTS_LISTENER));
    }

    private void upstream(String name, Allowed allowed) {
        add(UpstreamCluster.render(named(name), destination, allowed, new TlsContexts(tls)));
        resources.add(EnvoyResource.of(ResourceType.ENDPOINT, name, UpstreamEndpoints.render(name, allowed)));
    }

    private void passthrough(String name) {
        add(fixed(name, Clusters.single(name, destination.address(), destination.port()).toBuilder()));
    }

    private void byName(String name) {
        add(Clusters.inside(named(name), Names.exit(destination.port())));
    }

    private Cluster.Builder fixed(String name, ClusterLoadAssignment.Builder endpoints) {
        return named(name).setType(Cluster.DiscoveryType.STATIC).setLoadAssignment(endpoints);
    }

    private Cluster.Builder named(String name) {
        return Clusters.cluster(
                name, destination.label(), destination.carriage().http());
    }

    private void add(Cluster.Builder cluster) {
        resources.add(EnvoyResource.of(ResourceType.CLUSTER, cluster.getName(), cluster.build()));
    }
}
