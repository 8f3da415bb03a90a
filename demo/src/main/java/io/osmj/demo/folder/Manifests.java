package io.osmj.demo.folder;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;

/** The texts of settings and policies: ordinary YAML, as {@code kubectl apply} takes it. */
final class Manifests {
    private static final String END = "---\n";

    private Manifests() {}

    static String meshConfig(boolean permissive) {
        return """
                apiVersion: config.openservicemesh.io/v1alpha2
                kind: MeshConfig
                metadata: {name: osm-mesh-config, namespace: osm-system}
                spec:
                  traffic:
                    enablePermissiveTrafficPolicyMode: %s
                    enableEgress: false
                """.formatted(permissive);
    }

    static String targets(List<Edge> edges) {
        String anything = """
                apiVersion: specs.smi-spec.io/v1alpha4
                kind: HTTPRouteGroup
                metadata: {name: anything, namespace: %s}
                spec:
                  matches: [{name: all}]
                """.formatted(Member.NAMESPACE);
        return anything + edges.stream().map(edge -> END + target(edge)).collect(joining());
    }

    static String split(String service, Map<String, Integer> weights) {
        String backends = weights.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> "  - {service: " + entry.getKey() + ", weight: " + entry.getValue() + "}\n")
                .collect(joining());
        return """
                apiVersion: split.smi-spec.io/v1alpha2
                kind: TrafficSplit
                metadata: {name: SERVICE, namespace: NAMESPACE}
                spec:
                  service: SERVICE
                  backends:
                """.replace("SERVICE", service).replace("NAMESPACE", Member.NAMESPACE) + backends;
    }

    private static String target(Edge edge) {
        return """
                apiVersion: access.smi-spec.io/v1alpha3
                kind: TrafficTarget
                metadata: {name: CALLER-calls-CALLEE, namespace: NAMESPACE}
                spec:
                  destination: {kind: ServiceAccount, name: CALLEE, namespace: NAMESPACE}
                  sources: [{kind: ServiceAccount, name: CALLER, namespace: NAMESPACE}]
                  rules: [{kind: HTTPRouteGroup, name: anything, matches: [all]}]
                """.replace("CALLER", edge.caller())
                .replace("CALLEE", edge.callee())
                .replace("NAMESPACE", Member.NAMESPACE);
    }
}
