package io.osmj.cli.install;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmj.cli.mesh.Listed;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a chart brought and is still there after its removal: of a release that Helm could not remove, or of objects that no release
 * knows, as when the release's Secret was deleted or the chart was applied without Helm. What stays by intent (the kinds, the root of
 * trust) is not looked for.
 */
final class Remains {
    private static final String OURS = "app.kubernetes.io/name=openservicemesh.io";

    /** Paths of the kinds that are not in namespaces, by what they are called. */
    private static final Map<String, String> WIDE = Map.of(
            "ClusterRole", "/apis/rbac.authorization.k8s.io/v1/clusterroles",
            "ClusterRoleBinding", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
            "MutatingWebhookConfiguration", "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
            "ValidatingWebhookConfiguration", "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations");

    /** Paths of those that are, likewise. */
    private static final Map<String, String> NAMESPACED = Map.of(
            "Deployment", "/apis/apps/v1/namespaces/%s/deployments",
            "HorizontalPodAutoscaler", "/apis/autoscaling/v2/namespaces/%s/horizontalpodautoscalers",
            "PodDisruptionBudget", "/apis/policy/v1/namespaces/%s/poddisruptionbudgets",
            "Role", "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/roles",
            "RoleBinding", "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings",
            "Service", "/api/v1/namespaces/%s/services",
            "ServiceAccount", "/api/v1/namespaces/%s/serviceaccounts");

    private final KubernetesClient client;

    Remains(KubernetesClient client) {
        this.client = client;
    }

    /**
     * What is left of a mesh, each as kind and name, sorted.
     *
     * @param mesh empty for any mesh
     * @param namespace of its control plane; one that ends takes along what is in it
     */
    List<String> of(String mesh, String namespace) {
        var selector = mesh.isEmpty() ? OURS : OURS + ",app.kubernetes.io/instance=" + mesh;
        var paths = new TreeMap<>(WIDE);
        if (!new MeshNamespace(client, namespace).ending()) {
            NAMESPACED.forEach((kind, path) -> paths.put(kind, path.formatted(namespace)));
        }
        return paths.entrySet().stream()
                .flatMap(kind -> names(kind.getKey(), kind.getValue(), selector))
                .toList();
    }

    private Stream<String> names(String kind, String path, String selector) {
        return Listed.at(client, path, selector).stream()
                .map(object -> object.namespace().isEmpty()
                        ? "%s %s".formatted(kind, object.name())
                        : "%s %s/%s".formatted(kind, object.namespace(), object.name()));
    }
}
