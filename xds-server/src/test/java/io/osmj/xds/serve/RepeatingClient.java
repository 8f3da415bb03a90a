package io.osmj.xds.serve;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceStub;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A state-of-the-world client of the real server, over TLS. It repeats its names in every request, as the protocol asks. */
final class RepeatingClient extends GrpcClient<DiscoveryRequest, DiscoveryResponse> {
    /** To be in the set for {@link #hasHeardAll}. */
    static final EnvoyResource PROBE = Samples.secret("probe", "", "");

    private final Map<ResourceType, List<String>> names = new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, DiscoveryResponse> latest = new EnumMap<>(ResourceType.class);

    RepeatingClient(TestServer server) {
        super(server, AggregatedDiscoveryServiceStub::streamAggregatedResources, "Bearer " + TestServer.TOKEN);
    }

    /** Asks for exactly these from now on. */
    void subscribe(ResourceType type, String... wanted) {
        names.put(type, List.of(wanted));
        send(request(type, latest.getOrDefault(type, DiscoveryResponse.getDefaultInstance()))
                .setNode(Node.newBuilder().setId("any"))
                .build());
    }

    /** A request about this type that answers this response and repeats the names. */
    DiscoveryRequest.Builder request(ResourceType type, DiscoveryResponse response) {
        return DiscoveryRequest.newBuilder()
                .setTypeUrl(type.typeUrl())
                .setVersionInfo(response.getVersionInfo())
                .setResponseNonce(response.getNonce())
                .addAllResourceNames(names.getOrDefault(type, List.of()));
    }

    void ack(DiscoveryResponse response) {
        send(request(type(response), response).build());
    }

    /** Refuses the response; the version is that of the last good one, or any. */
    void nack(DiscoveryResponse response, String lastGood, String text) {
        send(request(type(response), response)
                .setVersionInfo(lastGood)
                .setErrorDetail(Status.newBuilder().setMessage(text))
                .build());
    }

    /** Reads one more response and remembers it as the latest of its type. */
    DiscoveryResponse next() {
        DiscoveryResponse response = read();
        latest.put(type(response), response);
        return response;
    }

    /** Reads one more response and accepts it. */
    DiscoveryResponse take() {
        DiscoveryResponse response = next();
        ack(response);
        return response;
    }

    /**
     * Whether the server has nothing more to say so far: it answers in order, so what it had to say would come ahead of
     * the answer to this question.
     */
    boolean hasHeardAll() {
        subscribe(ResourceType.SECRET, "");
        subscribe(ResourceType.SECRET, PROBE.name());
        return brief(take()).equals("SECRET probe");
    }

    static ResourceType type(DiscoveryResponse response) {
        return ResourceType.ofTypeUrl(response.getTypeUrl()).orElseThrow();
    }

    /** Type and names, in short. */
    static String brief(DiscoveryResponse response) {
        List<String> names =
                response.getResourcesList().stream().map(RepeatingClient::name).toList();
        return (type(response) + " " + String.join(" ", names)).strip();
    }

    private static String name(Any resource) {
        try {
            if (resource.is(Cluster.class)) {
                return resource.unpack(Cluster.class).getName();
            } else if (resource.is(Listener.class)) {
                return resource.unpack(Listener.class).getName();
            } else if (resource.is(RouteConfiguration.class)) {
                return resource.unpack(RouteConfiguration.class).getName();
            } else if (resource.is(Secret.class)) {
                return resource.unpack(Secret.class).getName();
            }
            return resource.unpack(ClusterLoadAssignment.class).getClusterName();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
