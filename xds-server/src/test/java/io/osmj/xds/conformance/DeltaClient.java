package io.osmj.xds.conformance;

import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.Channel;
import io.osmj.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Speaks of differences only. */
final class DeltaClient extends Client<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
    private boolean known;

    DeltaClient(Channel channel, Service service, WireLog log) {
        super(channel, service.delta(), log);
    }

    private DeltaDiscoveryRequest.Builder request(ResourceType type) {
        DeltaDiscoveryRequest.Builder request =
                DeltaDiscoveryRequest.newBuilder().setTypeUrl(type.typeUrl());
        if (!known) {
            known = true;
            request.setNode(Node.newBuilder().setId("any"));
        }
        return request;
    }

    @Override
    void ask(ResourceType type, Collection<String> more, Collection<String> less) {
        send(request(type)
                .addAllResourceNamesSubscribe(more)
                .addAllResourceNamesUnsubscribe(less)
                .build());
    }

    @Override
    void askUnder(String nonce, ResourceType type, Collection<String> more) {
        send(request(type)
                .addAllResourceNamesSubscribe(more)
                .setResponseNonce(nonce)
                .build());
    }

    @Override
    void comeBack(ResourceType type, Map<String, String> held) {
        send(request(type)
                .addAllResourceNamesSubscribe(held.keySet())
                .putAllInitialResourceVersions(held)
                .build());
    }

    @Override
    void accept(Answer answer) {
        send(request(answer.type()).setResponseNonce(answer.nonce()).build());
    }

    @Override
    void refuse(Answer answer) {
        send(request(answer.type())
                .setResponseNonce(answer.nonce())
                .setErrorDetail(Status.newBuilder().setMessage("refused by the scenario"))
                .build());
    }

    @Override
    String typeUrl(DeltaDiscoveryResponse response) {
        return response.getTypeUrl();
    }

    @Override
    Answer answer(ResourceType type, DeltaDiscoveryResponse response) {
        List<Answer.Item> items = new ArrayList<>();
        for (Resource resource : response.getResourcesList()) {
            if (resource.getVersion().isEmpty()) {
                throw new Miss("'" + resource.getName() + "' has no version");
            }
            items.add(new Answer.Item(
                    resource.getName(),
                    resource.getVersion(),
                    resource.getResource().getValue()));
        }
        return new Answer(type, response.getNonce(), "", items, response.getRemovedResourcesList());
    }

    @Override
    String tell(DeltaDiscoveryRequest request) {
        return Service.of(ResourceType.ofTypeUrl(request.getTypeUrl()).orElseThrow()) + " +"
                + request.getResourceNamesSubscribeList() + " -" + request.getResourceNamesUnsubscribeList()
                + (request.getInitialResourceVersionsCount() > 0
                        ? " has " + request.getInitialResourceVersionsMap()
                        : "")
                + " nonce '" + request.getResponseNonce() + "'" + (request.hasErrorDetail() ? " refused" : "");
    }

    @Override
    String tell(Answer answer) {
        return Service.of(answer.type()) + " " + answer.items() + " removed " + answer.removed() + " nonce '"
                + answer.nonce() + "'";
    }
}
