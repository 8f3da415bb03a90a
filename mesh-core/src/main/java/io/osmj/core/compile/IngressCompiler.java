package io.osmj.core.compile;

import io.osmj.core.identity.SpiffeId;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.policy.Ingress;
import io.osmj.core.policy.IngressProtocol;
import io.osmj.core.policy.IngressRule;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Joins an ingress rule with what it names. What is named and not there lets nobody in: neither a service without endpoints nor a
 * rule without addresses is taken for "from anywhere".
 */
final class IngressCompiler {
    private final IngressRule rule;
    private final TrustDomain trustDomain;
    private final Function<ObjectKey, List<EndpointState>> endpoints;

    /** @param endpoints finds the ready endpoints of a service */
    IngressCompiler(IngressRule rule, TrustDomain trustDomain, Function<ObjectKey, List<EndpointState>> endpoints) {
        this.rule = rule;
        this.trustDomain = trustDomain;
        this.endpoints = endpoints;
    }

    /** Who may come to the pods of a service on one target port, in the order of the rule. */
    List<Ingress> to(String service, int port) {
        List<Ingress> all = new ArrayList<>();
        for (int index = 0; index < rule.backends().size(); index++) {
            IngressRule.Backend backend = rule.backends().get(index);
            if (backend.service().equals(service) && backend.port() == port) {
                ingress(index, backend).ifPresent(all::add);
            }
        }
        return all;
    }

    private Optional<Ingress> ingress(int index, IngressRule.Backend backend) {
        boolean certificate = backend.protocol() == IngressProtocol.MUTUAL_HTTPS;
        List<Cidr> from = certificate && !rule.byAddress() ? List.of(Cidr.EVERYTHING) : addresses();
        List<SpiffeId> clients = certificate ? clients() : List.of();
        return from.isEmpty() || (certificate && clients.isEmpty())
                ? Optional.empty()
                : Optional.of(
                        new Ingress(rule.origin(), index, backend.protocol(), from, clients, backend.serverNames()));
    }

    private List<Cidr> addresses() {
        return rule.sources().stream()
                .flatMap(source -> switch (source) {
                    case IngressRule.Range(Cidr range) -> Stream.of(range);
                    case IngressRule.Endpoints named ->
                        of(named).stream().flatMap(endpoint -> Cidr.parse(endpoint.address() + "/32").stream());
                    case IngressRule.Client _ -> Stream.empty();
                })
                .toList();
    }

    private List<SpiffeId> clients() {
        return rule.sources().stream()
                .flatMap(source -> switch (source) {
                    case IngressRule.Client(String name) -> SpiffeId.ofPrincipal(name, trustDomain).stream();
                    case IngressRule.Range _, IngressRule.Endpoints _ -> Stream.empty();
                })
                .toList();
    }

    private List<EndpointState> of(IngressRule.Endpoints named) {
        return endpoints.apply(new ObjectKey(named.namespace(), named.service()));
    }
}
