package io.osmj.xds.serve;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** State-of-the-world requests and responses in their wire form. */
final class WorldWire implements Wire<DiscoveryRequest, DiscoveryResponse> {
    private final Map<ResourceType, World> worlds = new EnumMap<>(ResourceType.class);

    @Override
    public Protocol protocol() {
        return Protocol.STATE_OF_THE_WORLD;
    }

    @Override
    public String node(DiscoveryRequest request) {
        return request.getNode().getId();
    }

    @Override
    public String typeUrl(DiscoveryRequest request) {
        return request.getTypeUrl();
    }

    @Override
    public int weight(DiscoveryRequest request) {
        return Math.max(request.getResourceNamesCount(), request.getSerializedSize() / BYTES_OF_A_NAME);
    }

    @Override
    public DeltaRequest read(ResourceType type, DiscoveryRequest request) {
        Optional<String> refusal =
                request.hasErrorDetail() ? Optional.of(Words.refusal(request.getErrorDetail())) : Optional.empty();
        return world(type)
                .read(new WorldRequest(type, request.getResourceNamesList(), request.getResponseNonce(), refusal));
    }

    private World world(ResourceType type) {
        return worlds.computeIfAbsent(type, World::new);
    }

    @Override
    public Optional<DiscoveryResponse> write(DeltaAnswer answer) {
        return world(answer.type()).write(answer).map(WorldWire::message);
    }

    private static DiscoveryResponse message(WorldAnswer answer) {
        String typeUrl = answer.type().typeUrl();
        DiscoveryResponse.Builder response = DiscoveryResponse.newBuilder()
                .setTypeUrl(typeUrl)
                .setVersionInfo(answer.version())
                .setNonce(answer.nonce())
                .setControlPlane(Words.CONTROL_PLANE);
        for (EnvoyResource resource : answer.resources()) {
            response.addResources(Any.newBuilder().setTypeUrl(typeUrl).setValue(resource.body()));
        }
        return response.build();
    }

    /** What does not exist is left out, and here that is everything. */
    @Override
    public Optional<DiscoveryResponse> nothing(DiscoveryRequest request, long count) {
        return Optional.empty();
    }

    @Override
    public int resources(DiscoveryResponse response) {
        return response.getResourcesCount();
    }

    @Override
    public int bytes(DiscoveryResponse response) {
        return response.getSerializedSize();
    }
}
