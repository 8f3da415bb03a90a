package io.osmj.xds.serve;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.util.Optional;

/** Delta requests and responses in their wire form. */
final class DeltaWire implements Wire<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
    @Override
    public Protocol protocol() {
        return Protocol.DELTA;
    }

    @Override
    public String node(DeltaDiscoveryRequest request) {
        return request.getNode().getId();
    }

    @Override
    public String typeUrl(DeltaDiscoveryRequest request) {
        return request.getTypeUrl();
    }

    @Override
    public int weight(DeltaDiscoveryRequest request) {
        int names = request.getResourceNamesSubscribeCount()
                + request.getResourceNamesUnsubscribeCount()
                + request.getInitialResourceVersionsCount();
        return Math.max(names, request.getSerializedSize() / BYTES_OF_A_NAME);
    }

    @Override
    public DeltaRequest read(ResourceType type, DeltaDiscoveryRequest request) {
        return new DeltaRequest(
                type,
                request.getResourceNamesSubscribeList(),
                request.getResourceNamesUnsubscribeList(),
                request.getInitialResourceVersionsMap(),
                request.getResponseNonce(),
                request.hasErrorDetail() ? Optional.of(Words.refusal(request.getErrorDetail())) : Optional.empty());
    }

    @Override
    public Optional<DeltaDiscoveryResponse> write(DeltaAnswer answer) {
        String typeUrl = answer.type().typeUrl();
        DeltaDiscoveryResponse.Builder response = DeltaDiscoveryResponse.newBuilder()
                .setTypeUrl(typeUrl)
                .setNonce(answer.nonce())
                .setControlPlane(Words.CONTROL_PLANE)
                .addAllRemovedResources(answer.removed());
        for (EnvoyResource resource : answer.resources()) {
            response.addResources(Resource.newBuilder()
                    .setName(resource.name())
                    .setVersion(resource.version())
                    .setResource(Any.newBuilder().setTypeUrl(typeUrl).setValue(resource.body())));
        }
        return Optional.of(response.build());
    }

    /** No such resource, so that the client does not wait for it. */
    @Override
    public Optional<DeltaDiscoveryResponse> nothing(DeltaDiscoveryRequest request, long count) {
        boolean asks = request.getResponseNonce().isEmpty() || request.getResourceNamesSubscribeCount() > 0;
        if (!asks || request.getTypeUrl().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(DeltaDiscoveryResponse.newBuilder()
                .setTypeUrl(request.getTypeUrl())
                .setNonce("unknown-type-" + count)
                .setControlPlane(Words.CONTROL_PLANE)
                .addAllRemovedResources(request.getResourceNamesSubscribeList().stream()
                        .distinct()
                        .toList())
                .build());
    }

    @Override
    public int resources(DeltaDiscoveryResponse response) {
        return response.getResourcesCount();
    }

    @Override
    public int bytes(DeltaDiscoveryResponse response) {
        return response.getSerializedSize();
    }
}
