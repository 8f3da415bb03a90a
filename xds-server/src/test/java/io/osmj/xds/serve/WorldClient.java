package io.osmj.xds.serve;

import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceStub;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.osmj.xds.resource.ResourceType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A client that speaks the state-of-the-world protocol, and repeats its names in each request as the protocol wants. */
final class WorldClient extends GrpcClient<DiscoveryRequest, DiscoveryResponse> {
    private final Map<ResourceType, List<String>> names = new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, DiscoveryResponse> taken = new EnumMap<>(ResourceType.class);

    WorldClient(TestServer server) {
        super(server, AggregatedDiscoveryServiceStub::streamAggregatedResources, "Bearer " + TestServer.TOKEN);
    }

    /** Asks for exactly these from now on. */
    void ask(ResourceType type, String... wanted) {
        names.put(type, List.of(wanted));
        send(request(type).build());
    }

    /** The first request of a client that was with another server before. */
    void comeBack(ResourceType type, String version, String nonce) {
        send(request(type).setVersionInfo(version).setResponseNonce(nonce).build());
    }

    DiscoveryRequest.Builder request(ResourceType type) {
        DiscoveryResponse last = taken.getOrDefault(type, DiscoveryResponse.getDefaultInstance());
        return DiscoveryRequest.newBuilder()
                .setNode(Node.newBuilder().setId("any"))
                .setTypeUrl(type.typeUrl())
                .setVersionInfo(last.getVersionInfo())
                .setResponseNonce(last.getNonce())
                .addAllResourceNames(names.getOrDefault(type, List.of()));
    }

    void ack(DiscoveryResponse response) {
        ResourceType type = ResourceType.ofTypeUrl(response.getTypeUrl()).orElseThrow();
        taken.put(type, response);
        send(request(type).build());
    }

    /** Keeps what it had: the version stays, the nonce is the refused one's. */
    void nack(DiscoveryResponse response, String text) {
        ResourceType type = ResourceType.ofTypeUrl(response.getTypeUrl()).orElseThrow();
        send(request(type)
                .setResponseNonce(response.getNonce())
                .setErrorDetail(Status.newBuilder().setMessage(text))
                .build());
    }
}
