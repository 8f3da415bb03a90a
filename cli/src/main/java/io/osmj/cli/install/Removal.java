package io.osmj.cli.install;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmj.cli.mesh.Meshes;
import io.osmj.cli.namespace.Membership;
import io.osmj.cli.session.ClusterFault;
import io.osmj.cli.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes a control plane out of its namespace, and the namespace out of the cluster. */
final class Removal {
    /** Longer than a pod is given to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Session session;
    private final KubernetesClient client;
    private final String namespace;

    Removal(Session session, String namespace) {
        this.session = session;
        this.client = session.client();
        this.namespace = namespace;
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
                    .formatted(mesh, namespace, ClusterFault.reason(failure, session.config())));
            return;
        }
        var membership = new Membership(client);
        new Meshes(client)
                .namespacesOf(mesh)
                .forEach(member -> session.out().println(membership.remove(member.name(), mesh)));
        awaitEndOfControllers();
        say("OSM [mesh name: %s] in namespace [%s] uninstalled".formatted(mesh, namespace));
    }

    /** A controller that is still ending would take the removal of what it keeps for a fault, or write it once more. */
    private void awaitEndOfControllers() {
        try {
            client.pods()
                    .inNamespace(namespace)
                    .withLabels(Meshes.CONTROLLER)
                    .informOnCondition(List::isEmpty)
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            session.err()
                    .println("The controller's pods have not ended within %d s; they may leave a Lease behind."
                            .formatted(PATIENCE.toSeconds()));
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

    private void say(String text) {
        session.out().println(text);
    }
}
