package io.osmj.cli.mesh;

import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.osmj.cli.session.Failure;
import io.osmj.core.names.Labels;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds control planes by the labels of their Deployments, and what belongs to each. */
public final class Meshes {
    /** On the Deployment and the pods of a controller. */
    public static final Map<String, String> CONTROLLER = Map.of("app", "osm-controller");

    // Read without their types: to learn those of a whole pod takes longer than to fetch it, and only labels are
    // wanted.
    private static final ResourceDefinitionContext DEPLOYMENTS = context("apps", "Deployment");
    private static final ResourceDefinitionContext PODS = context("", "Pod");
    private static final int HTTP = 9091;

    private final KubernetesClient client;

    public Meshes(KubernetesClient client) {
        this.client = client;
    }

    /** All control planes of the cluster, sorted. */
    public List<Mesh> all() {
        var deployments = client.genericKubernetesResources(DEPLOYMENTS);
        return deployments.inAnyNamespace().withLabels(CONTROLLER).list().getItems().stream()
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

    /**
     * What a controller of a mesh answers at a path of its HTTP port: the fields of a flat JSON object, sorted. Asked through
     * the API server, so that no port is opened here. Empty when no controller answers.
     */
    public Optional<Map<String, String>> ask(Mesh mesh, String path) {
        var pods = client.genericKubernetesResources(PODS).inNamespace(mesh.namespace());
        return pods.withLabels(CONTROLLER).list().getItems().stream()
                .filter(pod -> "Running".equals(pod.<Object>get("status", "phase")))
                .sorted(byName())
                .map(pod -> ask(pod.getMetadata(), path))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Map<String, String>> ask(ObjectMeta metadata, String path) {
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

    private static Mesh read(GenericKubernetesResource controller) {
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

    private static ResourceDefinitionContext context(String group, String kind) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion("v1")
                .withKind(kind)
                .withPlural(kind.toLowerCase(Locale.ROOT) + "s")
                .withNamespaced(true)
                .build();
    }
}
