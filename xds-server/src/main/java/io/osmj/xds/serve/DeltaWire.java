package io.osmj.xds.serve;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.ControlPlane;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.util.Optional;

/** Delta requests and responses in their wire form. */
final class DeltaWire {
    private static final ControlPlane CONTROL_PLANE =
            ControlPlane.newBuilder().setIdentifier("osm-java").build();

    private static final int LONGEST_TEXT = 1_000;

    private DeltaWire() {}

    static DeltaRequest read(ResourceType type, DeltaDiscoveryRequest request) {
        return new DeltaRequest(
                type,
                request.getResourceNamesSubscribeList(),
                request.getResourceNamesUnsubscribeList(),
                request.getInitialResourceVersionsMap(),
                request.getResponseNonce(),
                request.hasErrorDetail()
                        ? Optional.of(oneLine(request.getErrorDetail().getMessage()))
                        : Optional.empty());
    }

    /** The client's words as one line of bounded length: they go to logs, events and status fields. */
    private static String oneLine(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "...";
    }

    static DeltaDiscoveryResponse write(DeltaAnswer answer) {
        String typeUrl = answer.type().typeUrl();
        DeltaDiscoveryResponse.Builder response = DeltaDiscoveryResponse.newBuilder()
                .setTypeUrl(typeUrl)
                .setNonce(answer.nonce())
                .setControlPlane(CONTROL_PLANE)
                .addAllRemovedResources(answer.removed());
        for (EnvoyResource resource : answer.resources()) {
            response.addResources(Resource.newBuilder()
                    .setName(resource.name())
                    .setVersion(resource.version())
                    .setResource(Any.newBuilder().setTypeUrl(typeUrl).setValue(resource.body())));
        }
        return response.build();
    }

    /**
     * The answer to a request for a type of which this server has nothing: no such resource, so that the client does not
     * wait for it. Empty if the request asks for nothing.
     */
    static Optional<DeltaDiscoveryResponse> nothing(DeltaDiscoveryRequest request, long count) {
        boolean asks = request.getResponseNonce().isEmpty() || request.getResourceNamesSubscribeCount() > 0;
        if (!asks || request.getTypeUrl().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(DeltaDiscoveryResponse.newBuilder()
                .setTypeUrl(request.getTypeUrl())
                .setNonce("unknown-type-" + count)
                .setControlPlane(CONTROL_PLANE)
                .addAllRemovedResources(request.getResourceNamesSubscribeList().stream()
                        .distinct()
                        .toList())
                .build());
    }
}
