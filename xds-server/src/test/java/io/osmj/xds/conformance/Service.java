package io.osmj.xds.conformance;

import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.endpoint.v3.EndpointDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.listener.v3.ListenerDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.route.v3.RouteDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.secret.v3.SecretDiscoveryServiceGrpc;
import io.grpc.MethodDescriptor;
import io.osmj.xds.resource.ResourceType;
import java.util.List;
import java.util.Objects;

/**
 * A discovery service of xDS.
 *
 * @param name in short
 * @param world its method for the state of the world
 * @param delta its method for differences
 */
public record Service(
        String name,
        MethodDescriptor<DiscoveryRequest, DiscoveryResponse> world,
        MethodDescriptor<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta) {
    /** The one for all types. */
    public static final Service ADS = new Service(
            "ADS",
            AggregatedDiscoveryServiceGrpc.getStreamAggregatedResourcesMethod(),
            AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod());

    private static final Service CDS = new Service(
            "CDS",
            ClusterDiscoveryServiceGrpc.getStreamClustersMethod(),
            ClusterDiscoveryServiceGrpc.getDeltaClustersMethod());
    private static final Service LDS = new Service(
            "LDS",
            ListenerDiscoveryServiceGrpc.getStreamListenersMethod(),
            ListenerDiscoveryServiceGrpc.getDeltaListenersMethod());
    private static final Service RDS = new Service(
            "RDS", RouteDiscoveryServiceGrpc.getStreamRoutesMethod(), RouteDiscoveryServiceGrpc.getDeltaRoutesMethod());
    private static final Service EDS = new Service(
            "EDS",
            EndpointDiscoveryServiceGrpc.getStreamEndpointsMethod(),
            EndpointDiscoveryServiceGrpc.getDeltaEndpointsMethod());
    private static final Service SDS = new Service(
            "SDS",
            SecretDiscoveryServiceGrpc.getStreamSecretsMethod(),
            SecretDiscoveryServiceGrpc.getDeltaSecretsMethod());

    /** Those for one type each. */
    public static final List<Service> SEPARATE = List.of(CDS, LDS, RDS, EDS, SDS);

    /** The one for this type alone. */
    static Service of(ResourceType type) {
        return switch (type) {
            case CLUSTER -> CDS;
            case LISTENER -> LDS;
            case ROUTE -> RDS;
            case ENDPOINT -> EDS;
            case SECRET -> SDS;
            case VIRTUAL_HOST -> throw new IllegalArgumentException("virtual hosts are of no scenario");
        };
    }

    /** Its name in gRPC. */
    public String fullName() {
        return Objects.requireNonNull(world.getServiceName());
    }

    @Override
    public String toString() {
        return name;
    }
}
