package io.osmj.cli.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmj.cli.CommandLineRun;
import io.osmj.cli.cluster.RealApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("apiserver")
@ExtendWith(RealApiServer.class)
class NamespacesTest {
    private final KubernetesClient client;
    private final RealApiServer.Running server;

    @TempDir
    private Path folder = Path.of("");

    private Path kubeconfig = Path.of("");

    NamespacesTest(RealApiServer.Running server) {
        this.server = server;
        this.client = server.client();
    }

    @BeforeEach
    void installAMesh() throws IOException {
        kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, server.kubeconfig());
        assertThat(osm("install", "--no-wait").exitCode()).isZero();
        for (var name : List.of("shop", "bank")) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    @AfterEach
    void removeTheMesh() {
        osm("uninstall", "mesh", "-f", "-a");
        List.of("osm-system", "shop", "bank").forEach(server::endNamespace);
    }

    @Test
    void joinAndLeave() {
        assertThat(osm("namespace", "list").lines()).containsExactly("No namespaces in any mesh");

        assertThat(osm("namespace", "add", "shop").lines())
                .containsExactly("Namespace [shop] successfully added to mesh [osm]");
        assertThat(osm("ns", "add", "shop", "bank", "--disable-sidecar-injection")
                        .lines())
                .containsExactly(
                        "Namespace [shop] has already been added to mesh [osm]",
                        "Namespace [bank] successfully added to mesh [osm]");
        assertThat(osm("namespace", "list").lines())
                .containsExactly(
                        "NAMESPACE   MESH   SIDECAR-INJECTION",
                        "bank        osm    disabled",
                        "shop        osm    enabled");
        assertThat(osm("namespace", "ignore", "bank").lines())
                .containsExactly("Successfully configured namespace [bank] to be ignored");
        assertThat(osm("namespace", "list", "osm").out()).contains("bank        osm    disabled (ignored)");
        assertThat(labels("shop")).containsEntry("openservicemesh.io/monitored-by", "osm");

        assertThat(osm("namespace", "remove", "shop").lines())
                .containsExactly("Namespace [shop] successfully removed from mesh [osm]");
        assertThat(osm("namespace", "remove", "shop").lines())
                .containsExactly("Namespace [shop] already does not belong to any mesh");
        assertThat(labels("shop")).containsOnlyKeys("kubernetes.io/metadata.name");
        assertThat(client.namespaces().withName("shop").require().getMetadata().getAnnotations())
                .isNullOrEmpty();
    }

    /** Open Service Mesh moved it without a word. */
    @Test
    void saysWhichMeshANamespaceLeavesForAnother() {
        client.namespaces()
                .withName("shop")
                .edit(namespace -> new NamespaceBuilder(namespace)
                        .editMetadata()
                        .addToLabels("openservicemesh.io/monitored-by", "two")
                        .endMetadata()
                        .build());

        assertThat(osm("namespace", "add", "shop").lines())
                .containsExactly(
                        "Namespace [shop] successfully added to mesh [osm]",
                        "Namespace [shop] has left mesh [two] for it; sidecars that run stay with that mesh until their"
                                + " pods are created anew");
        assertThat(labels("shop")).containsEntry("openservicemesh.io/monitored-by", "osm");
    }

    /** Open Service Mesh said of it only that it was added. */
    @Test
    void saysThatTheWebhooksLeaveANamespaceOfAControlPlaneAlone() {
        client.namespaces()
                .withName("shop")
                .edit(namespace -> new NamespaceBuilder(namespace)
                        .editMetadata()
                        .addToLabels("control-plane", "gatekeeper")
                        .endMetadata()
                        .build());
        var leftAlone =
                "The webhooks leave namespace [shop] alone because of its label control-plane: its pods get no sidecar,"
                        + " and nobody checks its policies. `kubectl label namespace shop control-plane-` takes the label away; then"
                        + " create the pods anew";

        assertThat(osm("namespace", "add", "shop", "bank").lines())
                .containsExactly(
                        "Namespace [shop] successfully added to mesh [osm]",
                        leftAlone,
                        "Namespace [bank] successfully added to mesh [osm]");
        assertThat(osm("namespace", "add", "shop").lines())
                .containsExactly("Namespace [shop] has already been added to mesh [osm]", leftAlone);
        assertThat(osm("namespace", "list").out()).containsPattern("shop +osm +disabled \\(label control-plane\\)");
    }

    @Test
    void whatCannotJoinIsTold() {
        assertThat(osm("namespace", "add", "osm-system").lines())
                .containsExactly(
                        "Namespace [osm-system] already has [osm-controller] installed and cannot be added to mesh [osm]");
        assertThat(osm("namespace", "add", "shop", "--mesh-name", "other").err().lines())
                .containsExactly("Error: mesh [other] does not exist, please specify another mesh using --mesh-name"
                        + " or create a new mesh");
        assertThat(osm("namespace", "add", "nowhere").err().lines())
                .containsExactly(
                        "Error: Could not add namespace [nowhere] to mesh [osm]: namespaces \"nowhere\" not found");
        osm("namespace", "ignore", "bank");
        assertThat(osm("namespace", "add", "bank").err().lines())
                .containsExactly("Error: Cannot add ignored namespace");
        osm("namespace", "add", "shop");
        assertThat(osm("namespace", "remove", "shop", "--mesh-name", "other")
                        .err()
                        .lines())
                .containsExactly(
                        "Error: Namespace belongs to mesh [osm], not mesh [other]. Please specify the correct mesh");
    }

    @Test
    void theMeshIsListedWithThem() {
        osm("namespace", "add", "shop", "bank");

        assertThat(osm("mesh", "list").lines())
                .containsExactly(
                        "",
                        "MESH NAME   MESH NAMESPACE   VERSION   ADDED NAMESPACES",
                        "osm         osm-system       0.1.0     bank,shop",
                        "",
                        "MESH NAME   MESH NAMESPACE   SMI SUPPORTED",
                        "osm         osm-system       Unknown",
                        "",
                        "To list the OSM controller pods for a mesh, please run the following command passing in the mesh's"
                                + " namespace",
                        "\tkubectl get pods -n <osm-mesh-namespace> -l app=osm-controller");
        assertThat(osm("mesh", "list", "-o", "yaml").out()).contains("- \"bank\"");
    }

    private Map<String, String> labels(String namespace) {
        return client.namespaces().withName(namespace).require().getMetadata().getLabels();
    }

    private CommandLineRun osm(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kubeconfig", kubeconfig.toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }
}
