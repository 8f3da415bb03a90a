package io.osmj.cli.install;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmj.cli.mesh.Meshes;
import io.osmj.cli.namespace.Membership;
import io.osmj.cli.session.Failure;
import io.osmj.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes a control plane out of the cluster, and what it leaves behind when that is wanted too. */
final class Removal {
    private final Session session;
    private final KubernetesClient client;
    private final String namespace;
    private final String caBundle;

    Removal(Session session, String namespace, String caBundle) {
        this.session = session;
        this.client = session.client();
        this.namespace = namespace;
        this.caBundle = caBundle;
    }

    /**
     * Removes the release, and with it what the controller made for itself; namespaces of the mesh leave it.
     *
     * @param goOn whether more is to be removed after this, so that a failure here is told and passed over
     */
    void uninstall(String mesh, boolean goOn) {
        try {
            if (!new Releases(session).uninstall(mesh, namespace)) {
                say("No OSM control plane with mesh name [%s] found in namespace [%s]".formatted(mesh, namespace));
                return;
            }
        } catch (RuntimeException failure) {
            if (!goOn) {
                throw failure;
            }
            say(("Could not uninstall mesh name [%s] in namespace [%s]- %s - continuing to deleteClusterWideResources"
                            + " and/or deleteNamespace")
                    .formatted(mesh, namespace, failure.getMessage()));
            return;
        }
        var membership = new Membership(client);
        new Meshes(client)
                .namespacesOf(mesh)
                .forEach(member -> session.out()
                        .println(membership.remove(member.getMetadata().getName(), mesh)));
        say("OSM [mesh name: %s] in namespace [%s] uninstalled".formatted(mesh, namespace));
    }

    /** Removes the kinds, webhooks that are left, and the CA bundle; tells of each, and fails at the end if one stays. */
    void clusterWideResources(String mesh) {
        var others = new Meshes(client).all();
        if (!others.isEmpty()) {
            say("Deleting cluster resources will affect current mesh(es) in cluster:");
            others.forEach(other -> say("[%s] mesh in namespace [%s]".formatted(other.name(), other.namespace())));
        }
        var failed = new ArrayList<String>();
        if (!kinds()) {
            failed.add("CustomResourceDefinitions");
        }
        var admission = client.admissionRegistration().v1();
        webhooks(
                "MutatingWebhookConfiguration",
                admission
                        .mutatingWebhookConfigurations()
                        .withLabels(ofMesh(mesh))
                        .list()
                        .getItems());
        webhooks(
                "ValidatingWebhookConfiguration",
                admission
                        .validatingWebhookConfigurations()
                        .withLabels(ofMesh(mesh))
                        .list()
                        .getItems());
        caBundle();
        if (!failed.isEmpty()) {
            throw new Failure("Failed to completely delete the following OSM resource types: [%s]"
                    .formatted(String.join(" ", failed)));
        }
    }

    /** Removes the namespace of the control plane, with all that is in it. */
    void namespace() {
        var present = new MeshNamespace(client, namespace);
        if (!present.exists()) {
            say("OSM namespace [%s] not found".formatted(namespace));
            return;
        }
        present.delete();
        say("OSM namespace [%s] deleted successfully".formatted(namespace));
    }

    /** Removes the namespace if {@code osm install} made it, unless somebody else has moved in since. */
    void namespaceOfOurMaking() {
        var present = new MeshNamespace(client, namespace);
        if (!present.createdHere()) {
            return;
        }
        var foreign = present.foreignObjects();
        if (foreign.isEmpty()) {
            namespace();
            return;
        }
        say("OSM namespace [%s] is kept, others use it: %s. Use --delete-namespace to delete it with them"
                .formatted(namespace, String.join(", ", foreign)));
    }

    private boolean kinds() {
        var kinds = new Kinds(client);
        var all = true;
        try (var chart = Chart.at(Optional.empty())) {
            for (var kind : Kinds.of(chart, client)) {
                all &= kind(kinds, kind.getMetadata().getName());
            }
        }
        return all;
    }

    private boolean kind(Kinds kinds, String name) {
        var present = kinds.ours(name);
        if (present.isEmpty()) {
            say("Ignoring - did not find OSM CRD: %s".formatted(name));
            return true;
        }
        try {
            kinds.delete(present.get());
            say("Successfully deleted OSM CRD: %s".formatted(name));
            return true;
        } catch (KubernetesClientException failure) {
            say("Failed to delete OSM CRD %s: %s".formatted(name, failure.getMessage()));
            return false;
        }
    }

    private void webhooks(String kind, List<? extends HasMetadata> left) {
        if (left.isEmpty()) {
            say(("Ignoring - did not find any OSM %ss in the cluster. Use --mesh-name to delete %ss belonging to a"
                            + " specific mesh if desired")
                    .formatted(kind, kind));
        }
        for (var webhook : left) {
            client.resource(webhook).delete();
            say("Successfully deleted OSM %s: %s"
                    .formatted(kind, webhook.getMetadata().getName()));
        }
    }

    private void caBundle() {
        var secret = client.secrets().inNamespace(namespace).withName(caBundle);
        if (secret.get() == null) {
            say(("Ignoring - did not find OSM CA bundle secret %s in namespace %s. Use --ca-bundle-secret-name and"
                            + " --osm-namespace to delete a specific mesh namespace's CA bundle secret if desired")
                    .formatted(caBundle, namespace));
            return;
        }
        secret.delete();
        say("Successfully deleted OSM secret %s in namespace %s".formatted(caBundle, namespace));
    }

    private static Map<String, String> ofMesh(String mesh) {
        return mesh.isEmpty()
                ? Map.of("app.kubernetes.io/name", "openservicemesh.io")
                : Map.of("app.kubernetes.io/name", "openservicemesh.io", "app.kubernetes.io/instance", mesh);
    }

    private void say(String text) {
        session.out().println(text);
    }
}
