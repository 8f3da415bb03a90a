package io.osmj.cli.install;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmj.cli.mesh.Meshes;
import io.osmj.cli.session.ClusterFault;
import io.osmj.cli.session.Failure;
import io.osmj.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stays in a cluster when a control plane is gone: the kinds with their objects, the root of trust, webhooks of a torn release. */
final class Leftovers {
    /** In the chart; a controller that ends while the chart is removed may have written it anew. */
    private static final String LEASE = "osm-controller-leader";

    /** What the controller labels the Secret of an ingress gateway's certificate with; the value is the mesh. */
    private static final String GATEWAY = "openservicemesh.io/ingress-gateway";

    private final Session session;
    private final KubernetesClient client;
    private final String namespace;
    private final String caBundle;

    Leftovers(Session session, String namespace, String caBundle) {
        this.session = session;
        this.client = session.client();
        this.namespace = namespace;
        this.caBundle = caBundle;
    }

    /** Removes the kinds, webhooks that are left, and the CA bundle; tells of each, and fails at the end if one stays. */
    void remove(String mesh) {
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
        gatewaySecrets(mesh);
        caBundle();
        client.leases().inNamespace(namespace).withName(LEASE).delete();
        if (!failed.isEmpty()) {
            throw new Failure("Failed to completely delete the following OSM resource types: [%s]"
                    .formatted(String.join(" ", failed)));
        }
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
            say("Failed to delete OSM CRD %s: %s".formatted(name, ClusterFault.reason(failure, session.config())));
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

    /** Certificates of ingress gateways, in whatever namespace MeshConfig had them kept. */
    private void gatewaySecrets(String mesh) {
        var all = client.secrets().inAnyNamespace();
        var left = mesh.isEmpty()
                ? all.withLabel(GATEWAY).list()
                : all.withLabel(GATEWAY, mesh).list();
        for (var secret : left.getItems()) {
            client.resource(secret).delete();
            deleted(secret.getMetadata().getName(), secret.getMetadata().getNamespace());
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
        deleted(caBundle, namespace);
    }

    private void deleted(String secret, String in) {
        say("Successfully deleted OSM secret %s in namespace %s".formatted(secret, in));
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
