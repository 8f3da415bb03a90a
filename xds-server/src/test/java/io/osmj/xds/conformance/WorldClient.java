package io.osmj.xds.conformance;

import com.google.protobuf.Any;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Channel;
import io.osmj.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Speaks the state of the world: every request repeats all names, the version accepted last, and the nonce heard last. */
final class WorldClient extends Client<DiscoveryRequest, DiscoveryResponse> {
    private final Map<ResourceType, State> states = new EnumMap<>(ResourceType.class);
    private boolean known;

    private static final class State {
        private final List<String> names = new ArrayList<>();
        private String accepted = "";
        private String nonce = "";
    }

    WorldClient(Channel channel, Service service, WireLog log) {
        super(channel, service.world(), log);
    }

    private State state(ResourceType type) {
        return states.computeIfAbsent(type, _ -> new State());
    }

    private DiscoveryRequest.Builder request(ResourceType type) {
        State state = state(type);
        DiscoveryRequest.Builder request = DiscoveryRequest.newBuilder()
                .setTypeUrl(type.typeUrl())
                .addAllResourceNames(state.names)
                .setVersionInfo(state.accepted)
                .setResponseNonce(state.nonce);
        if (!known) {
            known = true;
            request.setNode(Node.newBuilder().setId("any"));
        }
        return request;
    }

    @Override
    void ask(ResourceType type, Collection<String> more, Collection<String> less) {
        state(type).names.removeAll(less);
        state(type).names.addAll(more);
        send(request(type).build());
    }

    @Override
    void askUnder(String nonce, ResourceType type, Collection<String> more) {
        send(request(type).addAllResourceNames(more).setResponseNonce(nonce).build());
    }

    @Override
    void comeBack(ResourceType type, Map<String, String> held) {
        state(type).names.addAll(held.keySet());
        send(request(type)
                .setVersionInfo("of/another server")
                .setResponseNonce("77")
                .build());
    }

    @Override
    void accept(Answer answer) {
        state(answer.type()).accepted = answer.version();
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
    String typeUrl(DiscoveryResponse response) {
        return response.getTypeUrl();
    }

    @Override
    Answer answer(ResourceType type, DiscoveryResponse response) {
        if (response.getVersionInfo().isEmpty()) {
            throw new Miss("a response has no version");
        }
        state(type).nonce = response.getNonce();
        List<Answer.Item> items = new ArrayList<>();
        for (Any resource : response.getResourcesList()) {
            items.add(new Answer.Item(Sample.name(type, resource.getValue()), "", resource.getValue()));
        }
        return new Answer(type, response.getNonce(), response.getVersionInfo(), items, List.of());
    }

    @Override
    String tell(DiscoveryRequest request) {
        return Service.of(ResourceType.ofTypeUrl(request.getTypeUrl()).orElseThrow()) + " names "
                + request.getResourceNamesList() + " version '" + request.getVersionInfo() + "' nonce '"
                + request.getResponseNonce() + "'" + (request.hasErrorDetail() ? " refused" : "");
    }

    @Override
    String tell(Answer answer) {
        return Service.of(answer.type()) + " " + answer.items() + " version '" + answer.version() + "' nonce '"
                + answer.nonce() + "'";
    }
}
