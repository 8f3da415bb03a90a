package io.osmj.cli.install;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.osmj.cli.session.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The namespace of the control plane. One that was made here is marked, so that it can be removed with the rest. */
final class MeshNamespace {
    private static final String CREATED_BY = "openservicemesh.io/created-by";
    private static final String OURSELVES = "osm-install";

    private static final String PART_OF = "app.kubernetes.io/name";
    private static final String MESH = "openservicemesh.io";
    /** What Kubernetes itself puts into every namespace. */
    private static final Set<String> NATIVE = Set.of("ServiceAccount default", "ConfigMap kube-root-ca.crt");

    private final KubernetesClient client;
    private final String name;

    MeshNamespace(KubernetesClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** Whether it is being deleted, and so takes nothing new. */
    boolean ending() {
        return ending(client.namespaces().withName(name).get());
    }

    /** Waits until one that is being deleted is gone. */
    void awaitEnd(Duration timeout) {
        try {
            client.namespaces()
                    .withName(name)
                    .waitUntilCondition(present -> !ending(present), timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (KubernetesClientTimeoutException late) {
            throw new Failure(
                    "after %d s namespace %s is still being deleted; kubectl get namespace %s -o yaml says what holds it"
                            .formatted(timeout.toSeconds(), name, name),
                    late);
        }
    }

    private static boolean ending(@Nullable Namespace present) {
        return present != null && present.getMetadata().getDeletionTimestamp() != null;
    }

    /** Makes the namespace if it is not there. Returns whether it was made. */
    boolean create() {
        if (exists()) {
            return false;
        }
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withAnnotations(Map.of(CREATED_BY, OURSELVES))
                        .withLabels(Map.of(PART_OF, MESH))
                        .endMetadata()
                        .build())
                .create();
        return true;
    }

    boolean exists() {
        return client.namespaces().withName(name).get() != null;
    }

    /** Whether it was made here. */
    boolean createdHere() {
        var namespace = client.namespaces().withName(name).get();
        return namespace != null
                && namespace.getMetadata().getAnnotations() != null
                && OURSELVES.equals(namespace.getMetadata().getAnnotations().get(CREATED_BY));
    }

    void delete() {
        client.namespaces().withName(name).delete();
    }

    /** What others keep in it, as kind and name, sorted; what goes with the control plane is not counted. */
    List<String> foreignObjects() {
        var found = new ArrayList<HasMetadata>();
        found.addAll(client.apps().deployments().inNamespace(name).list().getItems());
        found.addAll(client.apps().statefulSets().inNamespace(name).list().getItems());
        found.addAll(client.apps().daemonSets().inNamespace(name).list().getItems());
        found.addAll(client.batch().v1().jobs().inNamespace(name).list().getItems());
        found.addAll(client.batch().v1().cronjobs().inNamespace(name).list().getItems());
        found.addAll(client.pods().inNamespace(name).list().getItems());
        found.addAll(client.services().inNamespace(name).list().getItems());
        found.addAll(client.serviceAccounts().inNamespace(name).list().getItems());
        found.addAll(client.configMaps().inNamespace(name).list().getItems());
        found.addAll(client.secrets().inNamespace(name).list().getItems());
        found.addAll(client.persistentVolumeClaims().inNamespace(name).list().getItems());
        return found.stream()
                .filter(object -> !ours(object))
                .map(object -> object.getKind() + " " + object.getMetadata().getName())
                .filter(object -> !NATIVE.contains(object))
                .sorted()
                .toList();
    }

    private static boolean ours(HasMetadata object) {
        var labels = object.getMetadata().getLabels();
        return labels != null && MESH.equals(labels.get(PART_OF));
    }
}
