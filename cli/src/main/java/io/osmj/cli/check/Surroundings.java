package io.osmj.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmj.cli.mesh.Listed;
import io.osmj.cli.mesh.Mesh;
import io.osmj.cli.mesh.Meshes;
import io.osmj.cli.session.Session;
import io.osmj.config.read.MeshConfigReader;
import io.osmj.core.problem.Outcome;
import io.osmj.core.settings.MeshSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What several checks look at, fetched once each. */
final class Surroundings {
    private final Session session;
    private final String meshName;
    private final String namespace;
    private Optional<Mesh> mesh = Optional.empty();
    private boolean hopeless;
    private @Nullable List<Listed> namespaces;
    private @Nullable List<Pod> pods;

    /**
     * What is around a mesh.
     *
     * @param namespace the one whose pods are looked at; empty for all namespaces of the mesh
     */
    Surroundings(Session session, String meshName, String namespace) {
        this.session = session;
        this.meshName = meshName;
        this.namespace = namespace;
    }

    KubernetesClient client() {
        return session.client();
    }

    String meshName() {
        return meshName;
    }

    /** The namespace of the control plane: where it was found, else where it is expected. */
    String osmNamespace() {
        return mesh.map(Mesh::namespace).orElse(session.options().osmNamespace());
    }

    /** Nothing that could be checked after this would be true. */
    void giveUp() {
        hopeless = true;
    }

    boolean hopeless() {
        return hopeless;
    }

    /** What is said where no namespace of the mesh is looked at. */
    String noNamespaces() {
        return namespace.isEmpty() ? "there are none" : "namespace %s does not".formatted(namespace);
    }

    void found(Mesh control) {
        mesh = Optional.of(control);
    }

    /** The control plane, once it was found. */
    Optional<Mesh> mesh() {
        return mesh;
    }

    /** Namespaces of the mesh that are looked at, sorted by name. */
    List<Listed> namespaces() {
        var known = namespaces;
        if (known == null) {
            known = new Meshes(client())
                    .namespacesOf(meshName).stream()
                            .filter(member -> concerns(member.name()))
                            .toList();
            namespaces = known;
        }
        return known;
    }

    /** Pods in these namespaces that have not ended, sorted by namespace and name. */
    List<Pod> pods() {
        var known = pods;
        if (known == null) {
            known = namespaces().stream()
                    .flatMap(namespace -> client().pods().inNamespace(namespace.name()).list().getItems().stream())
                    .filter(Surroundings::lives)
                    .sorted(Comparator.comparing(Surroundings::name))
                    .toList();
            pods = known;
        }
        return known;
    }

    /** MeshConfig; empty when there is none. */
    Optional<GenericKubernetesResource> meshConfig() {
        return Optional.ofNullable(
                client().genericKubernetesResources("config.openservicemesh.io/v1alpha2", "MeshConfig")
                        .inNamespace(osmNamespace())
                        .withName("osm-mesh-config")
                        .get());
    }

    /** What the control plane makes of MeshConfig, and what is wrong in it. */
    Outcome<MeshSettings> settings() {
        return meshConfig()
                .map(config -> MeshConfigReader.read(tree(config)))
                .orElse(Outcome.of(MeshSettings.WITHOUT_MESH_CONFIG));
    }

    /** An object as the readers take it. */
    JsonNode tree(GenericKubernetesResource object) {
        return client().getKubernetesSerialization().convertValue(object, JsonNode.class);
    }

    /** A pod as its owner knows it. */
    static String name(Pod pod) {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }

    private boolean concerns(String some) {
        return namespace.isEmpty() || namespace.equals(some);
    }

    private static boolean lives(Pod pod) {
        var phase =
                pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
        return !phase.equals("Succeeded")
                && !phase.equals("Failed")
                && pod.getMetadata().getDeletionTimestamp() == null;
    }
}
