package io.osmj.xds.serve;

import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceStub;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.util.List;

/** A client that speaks the incremental protocol. */
final class AdsClient extends GrpcClient<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
    AdsClient(TestServer server) {
        this(server, "Bearer " + TestServer.TOKEN);
    }

    AdsClient(TestServer server, String... authorizations) {
        super(server, AggregatedDiscoveryServiceStub::deltaAggregatedResources, authorizations);
    }

    void subscribe(ResourceType type, String... names) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setNode(Node.newBuilder().setId("any"))
                .setTypeUrl(type.typeUrl())
                .addAllResourceNamesSubscribe(List.of(names))
                .build());
    }

    void unsubscribe(ResourceType type, String... names) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(type.typeUrl())
                .addAllResourceNamesUnsubscribe(List.of(names))
                .build());
    }

    /** Comes back from another stream with what it has. */
    void comeBack(ResourceType type, List<String> names, EnvoyResource... held) {
        DeltaDiscoveryRequest.Builder request =
                DeltaDiscoveryRequest.newBuilder().setTypeUrl(type.typeUrl()).addAllResourceNamesSubscribe(names);
        for (EnvoyResource resource : held) {
            request.putInitialResourceVersions(resource.name(), resource.version());
        }
        send(request.build());
    }

    void ack(DeltaDiscoveryResponse response) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce())
                .build());
    }

    void nack(DeltaDiscoveryResponse response, String text) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce())
                .setErrorDetail(Status.newBuilder().setMessage(text))
                .build());
    }

    static List<String> names(DeltaDiscoveryResponse response) {
        return response.getResourcesList().stream().map(Resource::getName).toList();
    }
}
