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
import java.util.Objects;

/** The discovery services of xDS: one for all types, and one for each. */
public enum Service {
    ADS(
            AggregatedDiscoveryServiceGrpc.getStreamAggregatedResourcesMethod(),
            AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod()),
    CDS(ClusterDiscoveryServiceGrpc.getStreamClustersMethod(), ClusterDiscoveryServiceGrpc.getDeltaClustersMethod()),
    LDS(
            ListenerDiscoveryServiceGrpc.getStreamListenersMethod(),
            ListenerDiscoveryServiceGrpc.getDeltaListenersMethod()),
    RDS(RouteDiscoveryServiceGrpc.getStreamRoutesMethod(), RouteDiscoveryServiceGrpc.getDeltaRoutesMethod()),
    EDS(
            EndpointDiscoveryServiceGrpc.getStreamEndpointsMethod(),
            EndpointDiscoveryServiceGrpc.getDeltaEndpointsMethod()),
    SDS(SecretDiscoveryServiceGrpc.getStreamSecretsMethod(), SecretDiscoveryServiceGrpc.getDeltaSecretsMethod());

    private final MethodDescriptor<DiscoveryRequest, DiscoveryResponse> world;
    private final MethodDescriptor<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta;

    Service(
            MethodDescriptor<DiscoveryRequest, DiscoveryResponse> world,
            MethodDescriptor<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta) {
        this.world = world;
        this.delta = delta;
    }

    /** Its full name. */
    public String title() {
        return Objects.requireNonNull(world.getServiceName());
    }

    /** Its method for the state of the world. */
    public MethodDescriptor<DiscoveryRequest, DiscoveryResponse> world() {
        return world;
    }

    /** Its method for differences. */
    public MethodDescriptor<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta() {
        return delta;
    }

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
}
