package io.osmj.objects.folder;

import io.osmj.core.names.Annotations;
import io.osmj.core.names.Labels;
import io.osmj.injector.request.NamespaceFacts;
import io.osmj.objects.read.Mesh;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which namespaces of a folder belong to the mesh. In a cluster {@code osm namespace add} labels them; a folder of a tutorial
 * leaves that to its text, so here they belong unless something says otherwise:
 *
 * <ul>
 *   <li>the mesh's own and Kubernetes' system namespaces never do;
 *   <li>a Namespace that is labelled for another mesh, or to be ignored, does not;
 *   <li>where any Namespace of the folder is labelled for this mesh, a Namespace without the label does not.
 * </ul>
 *
 * <p>In a namespace that belongs, pods get a sidecar unless the namespace or the pod declines it by annotation.
 */
final class Membership {
    private static final Set<String> SYSTEM = Set.of("kube-system", "kube-public", "kube-node-lease");

    private final Mesh mesh;
    private final Map<String, SourceObject> written;
    private final boolean labelled;

    /**
     * The membership that a folder comes to.
     *
     * @param namespaces the Namespace objects by name
     */
    Membership(Mesh mesh, Map<String, SourceObject> namespaces) {
        this.mesh = mesh;
        this.written = namespaces;
        this.labelled =
                namespaces.values().stream().anyMatch(namespace -> mesh.name().equals(monitoredBy(namespace)));
    }

    boolean belongs(String name) {
        if (SYSTEM.contains(name) || name.equals(mesh.namespace())) {
            return false;
        }
        SourceObject namespace = written.get(name);
        if (namespace == null) {
            return true;
        }
        String label = monitoredBy(namespace);
        return !ignored(namespace) && (label.isEmpty() ? !labelled : label.equals(mesh.name()));
    }

    /** Why a namespace does not belong, and what to do if it should, one sentence each; empty when it belongs. */
    Optional<String> outside(String name) {
        if (belongs(name)) {
            return Optional.empty();
        }
        if (SYSTEM.contains(name) || name.equals(mesh.namespace())) {
            String whose = SYSTEM.contains(name) ? "Kubernetes' own" : "that of the control plane";
            return Optional.of("Namespace " + name + " is " + whose
                    + ", which never belongs to the mesh. Run in another namespace what is to belong.");
        }
        SourceObject namespace = Objects.requireNonNull(written.get(name));
        String other = monitoredBy(namespace);
        if (ignored(namespace)) {
            return Optional.of("Namespace " + name + " is kept from every mesh. To add it, take its label "
                    + Labels.IGNORE + " off, then: " + addition(name));
        }
        return Optional.of(
                other.isEmpty()
                        ? "Namespace " + name + " does not belong to the mesh. To add it: " + addition(name)
                        : "Namespace " + name + " belongs to mesh " + other + ". To move it: osm namespace remove "
                                + name + " --mesh-name " + other + ", then " + addition(name));
    }

    private String addition(String name) {
        return "osm namespace add " + name + " --mesh-name " + mesh.name() + "; in the folder, the label "
                + Labels.MONITORED_BY + ": " + mesh.name() + " on the Namespace.";
    }

    /** The namespace as the injector would see it after {@code osm namespace add}. */
    NamespaceFacts facts(String name) {
        SourceObject namespace = written.get(name);
        Map<String, String> labels = namespace == null ? new TreeMap<>() : labels(namespace);
        Map<String, String> annotations = namespace == null ? new TreeMap<>() : map(namespace, "annotations");
        if (belongs(name)) {
            labels.put(Labels.MONITORED_BY, mesh.name());
            annotations.putIfAbsent(Annotations.SIDECAR_INJECTION, "enabled");
        }
        return new NamespaceFacts(name, labels, annotations);
    }

    private static boolean ignored(SourceObject namespace) {
        return "true".equals(labels(namespace).get(Labels.IGNORE));
    }

    private static String monitoredBy(SourceObject namespace) {
        return labels(namespace).getOrDefault(Labels.MONITORED_BY, "");
    }

    private static Map<String, String> labels(SourceObject namespace) {
        return map(namespace, "labels");
    }

    private static Map<String, String> map(SourceObject namespace, String field) {
        Map<String, String> map = new TreeMap<>();
        namespace
                .tree()
                .path("metadata")
                .path(field)
                .properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }
}
