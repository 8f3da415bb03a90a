package io.osmj.cli.mesh;

import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmj.cli.session.Failure;
import io.osmj.core.names.Labels;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds control planes by the labels of their Deployments, and what belongs to each. */
public final class Meshes {
    /** On the Deployment and the pods of a controller. */
    public static final Map<String, String> CONTROLLER = Map.of("app", "osm-controller");

    private static final int HTTP = 9091;
    private final KubernetesClient client;

    public Meshes(KubernetesClient client) {
        this.client = client;
    }

    /** All control planes of the cluster, sorted. */
    public List<Mesh> all() {
        return client.apps().deployments().inAnyNamespace().withLabels(CONTROLLER).list().getItems().stream()
                .map(Meshes::read)
                .sorted()
                .toList();
    }

    /** Fails unless there is a mesh of this name. */
    public void require(String name) {
        List<Mesh> meshes;
        try {
            meshes = all();
        } catch (KubernetesClientException failure) {
            throw new Failure(
                    "Cannot obtain information about the mesh [%s]: [%s]".formatted(name, failure.getMessage()),
                    failure);
        }
        if (meshes.stream().noneMatch(mesh -> mesh.name().equals(name))) {
            throw new Failure(("mesh [%s] does not exist, please specify another mesh using --mesh-name"
                            + " or create a new mesh")
                    .formatted(name));
        }
    }

    /** The namespaces that a mesh watches over, sorted by name. */
    public List<Namespace> namespacesOf(String mesh) {
        return client.namespaces().withLabel(Labels.MONITORED_BY, mesh).list().getItems().stream()
                .sorted(byName())
                .toList();
    }

    /** The controller's pods that run, sorted by name. */
    public List<Pod> controllers(String namespace) {
        return client.pods().inNamespace(namespace).withLabels(CONTROLLER).list().getItems().stream()
                .filter(pod -> pod.getStatus() != null
                        && "Running".equals(pod.getStatus().getPhase()))
                .sorted(byName())
                .toList();
    }

    /**
     * What a controller of a mesh answers at a path of its HTTP port: the fields of a flat JSON object, sorted. Asked through
     * the API server, so that no port is opened here. Empty when no controller answers.
     */
    public Optional<Map<String, String>> ask(Mesh mesh, String path) {
        return controllers(mesh.namespace()).stream()
                .map(pod -> ask(pod, path))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Map<String, String>> ask(Pod pod, String path) {
        var metadata = pod.getMetadata();
        try {
            var answer = client.raw("/api/v1/namespaces/%s/pods/%s:%d/proxy/%s"
                    .formatted(metadata.getNamespace(), metadata.getName(), HTTP, path));
            return Optional.ofNullable(answer).map(this::fields);
        } catch (KubernetesClientException failure) {
            // Another controller may answer; if none does, what is asked for is shown as unknown.
            return Optional.empty();
        }
    }

    private Map<String, String> fields(String json) {
        var bytes = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
        return client.getKubernetesSerialization().unmarshal(bytes, new TypeReference<TreeMap<String, String>>() {});
    }

    private static Mesh read(Deployment controller) {
        var labels = controller.getMetadata().getLabels();
        return new Mesh(
                labels.getOrDefault("meshName", ""),
                controller.getMetadata().getNamespace(),
                labels.getOrDefault("app.kubernetes.io/version", "Unknown"),
                "true".equals(labels.get("enforceSingleMesh")));
    }

    private static Comparator<HasMetadata> byName() {
        return Comparator.comparing(object -> object.getMetadata().getName());
    }
}
