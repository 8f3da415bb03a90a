package io.osmj.cli.namespace;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.osmj.cli.mesh.Meshes;
import io.osmj.cli.session.ClusterFault;
import io.osmj.cli.session.Failure;
import io.osmj.core.names.Annotations;
import io.osmj.core.names.Labels;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The labels and annotations by which a namespace belongs to a mesh. Each change answers with the line to print. */
public final class Membership {
    private final KubernetesClient client;

    public Membership(KubernetesClient client) {
        this.client = client;
    }

    /** Adds a namespace to a mesh that exists; pods created in it from then on get a sidecar, unless that is not wanted. */
    public String add(String name, String mesh, boolean injection) {
        if (hasController(name)) {
            return "Namespace [%s] already has [osm-controller] installed and cannot be added to mesh [%s]"
                    .formatted(name, mesh);
        }
        var namespace = client.namespaces().withName(name).get();
        if (namespace == null) {
            throw new Failure("Could not add namespace [%s] to mesh [%s]: namespaces \"%s\" not found"
                    .formatted(name, mesh, name));
        }
        if (label(namespace, Labels.IGNORE).isPresent()) {
            throw new Failure("Cannot add ignored namespace");
        }
        var present = label(namespace, Labels.MONITORED_BY);
        if (present.filter(mesh::equals).isPresent()) {
            return "Namespace [%s] has already been added to mesh [%s]".formatted(name, mesh) + leftAlone(namespace);
        }
        try {
            patch(
                    name,
                    metadata(
                            entries(Labels.MONITORED_BY, mesh),
                            entries(Annotations.SIDECAR_INJECTION, injection ? "enabled" : "disabled")));
        } catch (KubernetesClientException failure) {
            throw new Failure(
                    "Could not add namespace [%s] to mesh [%s]: %s"
                            .formatted(name, mesh, ClusterFault.reason(failure, client.getConfiguration())),
                    failure);
        }
        var added = "Namespace [%s] successfully added to mesh [%s]".formatted(name, mesh);
        // OSM moved a namespace of another mesh too, without a word.
        return present.map(left ->
                                ("%s%nNamespace [%s] has left mesh [%s] for it; sidecars that run stay with that mesh"
                                                + " until their pods are created anew")
                                        .formatted(added, name, left))
                        .orElse(added)
                + leftAlone(namespace);
    }

    /** OSM was silent about that, too: it is in the mesh, and its pods are not. Empty where the webhooks look at it. */
    private static String leftAlone(Namespace namespace) {
        return label(namespace, Labels.CONTROL_PLANE)
                .map(_ ->
                        ("%nThe webhooks leave namespace [%1$s] alone because of its label control-plane: its pods get no"
                                        + " sidecar, and nobody checks its policies. `kubectl label namespace %1$s control-plane-`"
                                        + " takes the label away; then create the pods anew")
                                .formatted(namespace.getMetadata().getName()))
                .orElse("");
    }

    /** Removes a namespace from a mesh; sidecars that run stay until their pods are created anew. */
    public String remove(String name, String mesh) {
        var namespace = client.namespaces().withName(name).get();
        if (namespace == null) {
            throw new Failure("Could not get namespace [%s]: namespaces \"%s\" not found".formatted(name, name));
        }
        var present = label(namespace, Labels.MONITORED_BY);
        if (present.isEmpty()) {
            return "Namespace [%s] already does not belong to any mesh".formatted(name);
        }
        if (!present.get().equals(mesh)) {
            throw new Failure("Namespace belongs to mesh [%s], not mesh [%s]. Please specify the correct mesh"
                    .formatted(present.get(), mesh));
        }
        patch(
                name,
                metadata(
                        entries(Labels.MONITORED_BY, null, Labels.IGNORE, null),
                        entries(Annotations.SIDECAR_INJECTION, null, Annotations.METRICS, null)));
        return "Namespace [%s] successfully removed from mesh [%s]".formatted(name, mesh);
    }

    /** Keeps the webhooks of every mesh away from a namespace. */
    public String ignore(String name) {
        if (client.namespaces().withName(name).get() == null) {
            throw new Failure("Failed to retrieve namespace [%s]: namespaces \"%s\" not found".formatted(name, name));
        }
        try {
            patch(name, metadata(entries(Labels.IGNORE, "true"), Map.of()));
        } catch (KubernetesClientException failure) {
            throw new Failure(
                    "Failed to configure namespace [%s] to be ignored: %s"
                            .formatted(name, ClusterFault.reason(failure, client.getConfiguration())),
                    failure);
        }
        return "Successfully configured namespace [%s] to be ignored".formatted(name);
    }

    private boolean hasController(String namespace) {
        return !client.apps()
                .deployments()
                .inNamespace(namespace)
                .withLabels(Meshes.CONTROLLER)
                .list()
                .getItems()
                .isEmpty();
    }

    /** Only these keys are touched: whatever else stands on the namespace is somebody else's. */
    private void patch(String name, Map<String, Object> patch) {
        var text = client.getKubernetesSerialization().asJson(patch);
        client.namespaces().withName(name).patch(PatchContext.of(PatchType.JSON_MERGE), text);
    }

    static Optional<String> label(Namespace namespace, String key) {
        return value(namespace.getMetadata().getLabels(), key);
    }

    static Optional<String> annotation(Namespace namespace, String key) {
        return value(namespace.getMetadata().getAnnotations(), key);
    }

    private static Optional<String> value(@Nullable Map<String, String> entries, String key) {
        return Optional.ofNullable(entries).map(known -> known.get(key));
    }

    private static Map<String, Object> metadata(
            Map<String, @Nullable String> labels, Map<String, @Nullable String> annotations) {
        return Map.of("metadata", Map.of("labels", labels, "annotations", annotations));
    }

    /** Keys and their values in turn; a value of null removes the key. */
    private static Map<String, @Nullable String> entries(@Nullable String... words) {
        var entries = new TreeMap<String, @Nullable String>();
        for (int at = 0; at < words.length; at += 2) {
            entries.put(Objects.requireNonNull(words[at]), words[at + 1]);
        }
        return entries;
    }
}
