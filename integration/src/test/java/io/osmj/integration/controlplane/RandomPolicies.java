package io.osmj.integration.controlplane;

import java.util.List;
import java.util.Random;

/** Policies of every kind, which name each other, accounts and services that are there or not. */
final class RandomPolicies {
    private static final String SPECS = "specs.smi-spec.io/v1alpha4";
    private static final String POLICY = "policy.openservicemesh.io/v1alpha1";

    private static final List<Kind> KINDS = List.of(
            new Kind("access.smi-spec.io/v1alpha3", "TrafficTarget"),
            new Kind(SPECS, "HTTPRouteGroup"),
            new Kind(SPECS, "TCPRoute"),
            new Kind("split.smi-spec.io/v1alpha2", "TrafficSplit"),
            new Kind(POLICY, "IngressBackend"),
            new Kind(POLICY, "Egress"),
            new Kind(POLICY, "Retry"),
            new Kind(POLICY, "UpstreamTrafficSetting"));

    private final Random random;

    RandomPolicies(Random random) {
        this.random = random;
    }

    /** As the API server knows it. */
    record Kind(String apiVersion, String name) {}

    Kind kind() {
        return KINDS.get(random.nextInt(KINDS.size()));
    }

    /** Of few, so that the next one of a kind often takes the place of one that is there. */
    String name() {
        return "x" + random.nextInt(2);
    }

    /**
     * What a policy says.
     *
     * @param space the namespace that it is in
     * @param other another one of the mesh, or the same
     */
    String spec(Kind kind, String space, String other) {
        return switch (kind.name()) {
            case "TrafficTarget" ->
                "{destination: %s, sources: [%s], rules: [%s]}"
                        .formatted(account(space), account(other), random.nextBoolean() ? routes() : tcpRoute());
            case "HTTPRouteGroup" ->
                "{matches: [{name: %s, pathRegex: /p%d, methods: [GET]}]}"
                        .formatted(random.nextInt(3) == 0 ? "other" : "m", random.nextInt(3));
            case "TCPRoute" -> "{matches: {ports: [808%d]}}".formatted(random.nextInt(3));
            case "TrafficSplit" ->
                "{service: %s, backends: [{service: %s, weight: %d}, {service: s3, weight: 1}]}"
                        .formatted(service(), service(), random.nextInt(3));
            case "IngressBackend" ->
                "{backends: [{name: %s, port: {number: 8080, protocol: http}}], sources: [%s]}"
                        .formatted(service(), serviceOf(other));
            case "Egress" -> egress(space);
            case "Retry" ->
                "{source: %s, destinations: [%s], retryPolicy: {retryOn: '%s', numRetries: %d, perTryTimeout: 1s, retryBackoffBaseInterval: 25ms}}"
                        .formatted(
                                account(space),
                                serviceOf(other),
                                random.nextInt(3) == 0 ? "5xx,nonsense" : "5xx",
                                random.nextInt(3));
            default -> limits(space);
        };
    }

    private String egress(String space) {
        return "{sources: [%s], hosts: [h%d.example.com], ports: [{number: 80, protocol: http}]%s}"
                .formatted(
                        account(space),
                        random.nextInt(3),
                        random.nextBoolean()
                                ? ", matches: [{apiGroup: %s, kind: HTTPRouteGroup, name: %s}]".formatted(SPECS, name())
                                : "");
    }

    private String limits(String space) {
        return """
                {host: %s.%s.svc.cluster.local, connectionSettings: {tcp: {maxConnections: %d}}, \
                rateLimit: {local: {tcp: {connections: %d, unit: minute}}}}""".formatted(service(), space, 1 + random.nextInt(3), 1 + random.nextInt(3));
    }

    private String routes() {
        return "{kind: HTTPRouteGroup, name: %s, matches: [m]}".formatted(name());
    }

    private String tcpRoute() {
        return "{kind: TCPRoute, name: %s}".formatted(name());
    }

    private String account(String space) {
        return "{kind: ServiceAccount, name: a%d, namespace: %s}".formatted(random.nextInt(3), space);
    }

    private String serviceOf(String space) {
        return "{kind: Service, namespace: %s, name: %s}".formatted(space, service());
    }

    private String service() {
        return "s" + random.nextInt(4);
    }
}
