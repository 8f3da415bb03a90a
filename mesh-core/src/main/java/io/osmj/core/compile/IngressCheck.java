package io.osmj.core.compile;

import static java.util.stream.Collectors.joining;

import io.osmj.core.identity.SpiffeId;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.policy.IngressRule;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.service.Claim;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.Endpoint;
import io.osmj.core.service.MeshService;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What is wrong with what an ingress rule names. */
final class IngressCheck {
    private final IngressRule rule;
    private final Surroundings around;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * What a rule is held against.
     *
     * @param trustDomain the mesh's
     * @param endpoints finds the ready endpoints of a service
     * @param services finds the ports of a service
     * @param claims finds what stands behind an address
     */
    record Surroundings(
            TrustDomain trustDomain,
            Function<ObjectKey, List<EndpointState>> endpoints,
            Function<ObjectKey, List<MeshService>> services,
            Function<DialledAddress, Optional<Claim>> claims) {}

    private IngressCheck(IngressRule rule, Surroundings around) {
        this.rule = rule;
        this.around = around;
    }

    static List<Problem> problems(IngressRule rule, Surroundings around) {
        IngressCheck check = new IngressCheck(rule, around);
        for (int index = 0; index < rule.backends().size(); index++) {
            check.backend(rule.backends().get(index), "spec.backends[" + index + "]");
        }
        for (int index = 0; index < rule.sources().size(); index++) {
            check.source(rule.sources().get(index), "spec.sources[" + index + "].name");
        }
        return check.problems;
    }

    private void backend(IngressRule.Backend backend, String field) {
        ObjectKey key = new ObjectKey(rule.origin().namespace(), backend.service());
        String name = key.namespace() + "/" + key.name();
        List<MeshService> ports = around.services().apply(key);
        List<Endpoint> pods =
                ports.stream().flatMap(port -> port.endpoints().stream()).toList();
        List<Endpoint> meant =
                pods.stream().filter(pod -> pod.port() == backend.port()).toList();
        if (ports.isEmpty()) {
            add(
                    ProblemCode.M2019,
                    field + ".name",
                    "There is no service " + name + " with a port that the mesh carries.",
                    "Name a service of the namespace of this object.");
        } else if (meant.isEmpty() && !pods.isEmpty()) {
            add(
                    ProblemCode.M2019,
                    field + ".port.number",
                    "The pods of service " + name + " answer for it on "
                            + pods.stream()
                                    .map(Endpoint::port)
                                    .distinct()
                                    .sorted()
                                    .map(String::valueOf)
                                    .collect(joining(", "))
                            + ", and not on " + backend.port() + ".",
                    "Write a target port of the service there.");
        } else if (!meant.isEmpty() && meant.stream().noneMatch(this::http)) {
            add(
                    ProblemCode.M2019,
                    field + ".port.protocol",
                    "Port " + backend.port() + " of service " + name
                            + " is carried as TCP, and only HTTP can be let in.",
                    "If it speaks HTTP, say so by appProtocol of the port of each service that has it.");
        }
    }

    private boolean http(Endpoint pod) {
        return around.claims()
                .apply(new DialledAddress(pod.address(), pod.port()))
                .map(Claim::http)
                .orElse(false);
    }

    private void source(IngressRule.Source source, String field) {
        switch (source) {
            case IngressRule.Endpoints(String namespace, String service) -> {
                if (around.endpoints().apply(new ObjectKey(namespace, service)).isEmpty()) {
                    add(
                            ProblemCode.M2018,
                            field,
                            "endpoints not found for service " + namespace + "/" + service,
                            "See that it has ready pods and that its namespace is of the mesh (osm namespace add "
                                    + namespace + " --disable-sidecar-injection).");
                }
            }
            case IngressRule.Client(String name) -> {
                if (SpiffeId.ofPrincipal(name, around.trustDomain()).isEmpty()) {
                    String domain = around.trustDomain().name();
                    add(
                            ProblemCode.M2020,
                            field,
                            "No certificate of the mesh can be for '" + name + "', so this source lets nobody in.",
                            "Name a service account: ACCOUNT.NAMESPACE." + domain + " or spiffe://" + domain
                                    + "/ns/NAMESPACE/sa/ACCOUNT.");
                }
            }
            case IngressRule.Range _ -> {}
        }
    }

    private void add(ProblemCode code, String field, String message, String remedy) {
        problems.add(new Problem(code, rule.origin(), field, message, remedy));
    }
}
