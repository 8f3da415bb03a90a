package io.osmj.controlplane.admission;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmj.core.names.Labels;
import io.osmj.injector.request.NamespaceFacts;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the namespace a pod is created in. The API server asked about the pod because by its own knowledge the namespace is of
 * the mesh; if by ours it is not, ours is behind, and believing it would leave the pod without a sidecar.
 */
final class NamespaceLookup {
    private final KubernetesClient client;
    private final AdmissionFacts facts;

    NamespaceLookup(KubernetesClient client, AdmissionFacts facts) {
        this.client = client;
        this.facts = facts;
    }

    /** The namespace; empty when there is none of that name. */
    Optional<NamespaceFacts> find(String name) {
        String mesh = facts.mesh().meshName();
        return facts.namespace(name)
                .filter(seen -> mesh.equals(seen.labels().get(Labels.MONITORED_BY)))
                .or(() -> ask(name));
    }

    private Optional<NamespaceFacts> ask(String name) {
        return Optional.ofNullable(client.namespaces().withName(name).get())
                .map(Namespace::getMetadata)
                .map(metadata -> facts(name, metadata));
    }

    private static NamespaceFacts facts(String name, ObjectMeta metadata) {
        return new NamespaceFacts(name, orEmpty(metadata.getLabels()), orEmpty(metadata.getAnnotations()));
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
