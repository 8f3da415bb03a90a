package io.osmj.cli.mesh;

import static java.util.Comparator.comparing;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmj.cli.session.ClusterFault;
import io.osmj.cli.session.Failure;
import io.osmj.core.names.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Finds control planes by the labels of their Deployments, and what belongs to each. */
public final class Meshes {
    /** On the Deployment and the pods of a controller. */
    public static final Map<String, String> CONTROLLER = Map.of("app", "osm-controller");

    private static final String SELECTOR = "app=osm-controller";
    private static final int HTTP = 9091;

    private final KubernetesClient client;

    public Meshes(KubernetesClient client) {
        this.client = client;
    }

    /** All control planes of the cluster, sorted. */
    public List<Mesh> all() {
        return Listed.at(client, "/apis/apps/v1/deployments", SELECTOR).stream()
                .map(Meshes::read)
                .sorted()
                .toList();
    }

    /** The control planes in a namespace, sorted; of all namespaces when it is empty. */
    public List<Mesh> in(String namespace) {
        return all().stream()
                .filter(mesh -> namespace.isEmpty() || mesh.namespace().equals(namespace))
                .toList();
    }

    /** Fails unless there is a mesh of this name. */
    public void require(String name) {
        List<Mesh> meshes;
        try {
            meshes = all();
        } catch (KubernetesClientException failure) {
            throw new Failure(
                    "Cannot obtain information about the mesh [%s]: [%s]"
                            .formatted(name, ClusterFault.reason(failure, client.getConfiguration())),
                    failure);
        }
        if (meshes.stream().noneMatch(mesh -> mesh.name().equals(name))) {
            throw new Failure(("mesh [%s] does not exist, please specify another mesh using --mesh-name"
                            + " or create a new mesh")
                    .formatted(name));
        }
    }

    /** The namespaces that a mesh watches over, sorted by name. */
    public List<Listed> namespacesOf(String mesh) {
        return Listed.at(client, "/api/v1/namespaces", Labels.MONITORED_BY + "=" + mesh);
    }

    /**
     * What a controller of a mesh answers at a path of its HTTP port: the fields of a flat JSON object, sorted. Asked through
     * the API server, so that no port is opened here. Empty when no controller answers.
     */
    public Optional<SortedMap<String, String>> ask(Mesh mesh, String path) {
        return answers(mesh, path).findFirst().map(Listed::fields);
    }

    /**
     * What all controllers of a mesh list at a path of their HTTP port, each thing once: every proxy is known to one controller
     * alone.
     */
    public List<SortedMap<String, String>> askAll(Mesh mesh, String path) {
        return answers(mesh, path)
                .flatMap(answer -> Listed.rows(answer).stream())
                .distinct()
                .toList();
    }

    /** Of one controller after the other, as they are taken. */
    private Stream<String> answers(Mesh mesh, String path) {
        return answering(Listed.at(client, "/api/v1/namespaces/" + mesh.namespace() + "/pods", SELECTOR))
                .map(pod -> ask(pod, path))
                .flatMap(Optional::stream);
    }

    /**
     * The pods to ask, those first that are ready. One that ends has handed over what it knew, and once its containers are gone the
     * API server waits long for its address.
     */
    static Stream<Listed> answering(List<Listed> pods) {
        return pods.stream()
                .filter(pod -> "Running".equals(pod.phase()) && !pod.ending())
                .sorted(comparing(Listed::ready).reversed());
    }

    private Optional<String> ask(Listed pod, String path) {
        try {
            return Optional.ofNullable(client.raw(
                    "/api/v1/namespaces/%s/pods/%s:%d/proxy/%s".formatted(pod.namespace(), pod.name(), HTTP, path)));
        } catch (KubernetesClientException failure) {
            // Another controller may answer; if none does, what is asked for is shown as unknown.
            return Optional.empty();
        }
    }

    private static Mesh read(Listed controller) {
        return new Mesh(
                controller.label("meshName").orElse(""),
                controller.namespace(),
                controller.label("app.kubernetes.io/version").orElse("Unknown"),
                controller.label("enforceSingleMesh").filter("true"::equals).isPresent());
    }
}
