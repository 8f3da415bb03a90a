package io.osmj.cli.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmj.cli.CommandLineRun;
import io.osmj.cli.cluster.Inventory;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** There are no controllers behind this API server: nothing starts, and a namespace is emptied and ended by the test. */
@Tag("apiserver")
@ExtendWith(RealApiServer.class)
class InstallAndUninstallTest {
    private static final String INSTALLED = "OSM installed successfully in namespace [osm-system] with mesh name [osm]";

    private final KubernetesClient client;
    private final RealApiServer.Running server;

    @TempDir
    private Path folder = Path.of("");

    private Path kubeconfig = Path.of("");

    InstallAndUninstallTest(RealApiServer.Running server) {
        this.server = server;
        this.client = server.client();
    }

    @BeforeEach
    void writeKubeconfig() throws IOException {
        kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, server.kubeconfig());
    }

    @AfterEach
    void removeWhatIsLeft() {
        osm("uninstall", "mesh", "-f", "-a");
        server.endNamespace("osm-system");
        server.endNamespace("shop");
    }

    @Test
    void leavesTheApiServerAsItWas() {
        var before = Inventory.of(client);

        var installed = osm("install", "--no-wait", "--set", "osm.enableEgress=false");

        assertThat(installed.exitCode()).as(installed.err()).isZero();
        assertThat(installed.out()).isEqualTo(INSTALLED + System.lineSeparator());
        assertThat(Inventory.of(client).keySet())
                .contains(
                        "apps/v1 Deployment osm-system/osm-controller",
                        "config.openservicemesh.io/v1alpha2 MeshConfig osm-system/osm-mesh-config",
                        "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration null/osm-webhook-osm",
                        "v1 Secret osm-system/sh.helm.release.v1.osm.v1");
        joinANamespaceAndKeepKeys();

        var removed = osm("uninstall", "mesh", "-f", "--delete-cluster-wide-resources");

        assertThat(removed.exitCode()).as(removed.err()).isZero();
        assertThat(removed.lines())
                .contains(
                        "Namespace [shop] successfully removed from mesh [osm]",
                        "OSM [mesh name: osm] in namespace [osm-system] uninstalled",
                        "Successfully deleted OSM CRD: meshconfigs.config.openservicemesh.io",
                        "Successfully deleted OSM secret nginx in namespace default",
                        "Successfully deleted OSM secret osm-ca-bundle in namespace osm-system",
                        "OSM namespace [osm-system] deleted successfully");
        server.endNamespace("osm-system");
        server.endNamespace("shop");
        assertThat(Inventory.of(client)).isEqualTo(before);
    }

    @Test
    void keepsWhatItDidNotBring() {
        client.resource(named("osm-system")).create();
        assertThat(osm("install", "--no-wait").exitCode()).isZero();

        var asked = osmAnswering("y\n", "uninstall", "mesh");
        assertThat(asked.lines())
                .contains("Uninstall OSM [mesh name: osm] in namespace [osm-system] and/or OSM resources? [y/n]: "
                        + "OSM [mesh name: osm] in namespace [osm-system] uninstalled");
        assertThat(kinds()).hasSize(12);

        var rest = osm("uninstall", "mesh", "--delete-cluster-wide-resources");
        assertThat(rest.lines())
                .contains(
                        "No OSM control planes found",
                        "Successfully deleted OSM CRD: traffictargets.access.smi-spec.io",
                        "Ignoring - did not find any OSM MutatingWebhookConfigurations in the cluster. Use --mesh-name to"
                                + " delete MutatingWebhookConfigurations belonging to a specific mesh if desired");
        assertThat(kinds()).isEmpty();
        assertThat(client.namespaces().withName("osm-system").get().getStatus().getPhase())
                .isEqualTo("Active");
    }

    /** Not an error, as with OSM: nobody said yes, so nothing is done. */
    @Test
    void threeAnswersThatAreNeitherYesNorNoAreANo() {
        assertThat(osm("install", "--no-wait").exitCode()).isZero();

        var asked = osmAnswering("perhaps\n\nwhat\n", "uninstall", "mesh");

        assertThat(asked.exitCode()).isZero();
        assertThat(asked.out()).contains("Invalid input.").doesNotContain("uninstalled");
        assertThat(osm("mesh", "list").out()).contains("osm-system");
    }

    /** Not an error, as with OSM: its sentences are the answer. */
    @Test
    void aMeshThatIsNotThereIsSaid() {
        assertThat(osm("uninstall", "mesh", "--mesh-name", "nosuch", "-f").out())
                .isEqualTo("No OSM control planes found" + System.lineSeparator());
        assertThat(osm("install", "--no-wait").exitCode()).isZero();

        var other = osm("uninstall", "mesh", "--mesh-name", "nosuch", "-f");

        assertThat(other.exitCode()).isZero();
        assertThat(other.out())
                .isEqualTo("Did not find mesh [nosuch] in namespace [osm-system]" + System.lineSeparator());
        assertThat(other.err()).contains("There is mesh [osm] in namespace [osm-system]; name one with --mesh-name");
        assertThat(osm("mesh", "list").out()).contains("osm-system");
    }

    @Test
    void refusesASecondMesh() {
        assertThat(osm("install", "--no-wait").exitCode()).isZero();

        var again = osm("install", "--no-wait", "--mesh-name", "other", "--osm-namespace", "elsewhere");

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err())
                .isEqualTo("Error: Mesh(es) namespace: osm-system, name: osm already enforce it is the only mesh in the"
                        + " cluster, cannot install new meshes" + System.lineSeparator());
        assertThat(client.namespaces().withName("elsewhere").get()).isNull();
    }

    /** Helm refuses what both would own, but only when the kinds are applied and the namespace is made. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesASecondMeshOfTheSameNameAndWritesNothing(boolean running) {
        assertThat(osm("install", "--no-wait", "--enforce-single-mesh=false").exitCode())
                .isZero();
        if (!running) {
            client.apps()
                    .deployments()
                    .inNamespace("osm-system")
                    .withName("osm-controller")
                    .delete();
        }
        var before = Inventory.of(client);

        var again = osm("install", "--no-wait", "--enforce-single-mesh=false", "--osm-namespace", "elsewhere");

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err().lines())
                .singleElement()
                .asString()
                .startsWith("Error: Mesh [osm] " + (running ? "exists" : "is installed") + " in namespace [osm-system]")
                .contains("`osm uninstall mesh --mesh-name osm --osm-namespace osm-system`");
        assertThat(Inventory.of(client)).isEqualTo(before);
    }

    @Test
    void keepsANamespaceOthersMovedInto() {
        assertThat(osm("install", "--no-wait").exitCode()).isZero();
        client.resource(secret("theirs", Map.of())).create();

        var removed = osm("uninstall", "mesh", "-f", "-a");

        assertThat(removed.out())
                .contains("OSM namespace [osm-system] is kept, others use it: Secret theirs."
                        + " Use --delete-namespace to delete it with them");
        client.secrets().inNamespace("osm-system").withName("theirs").delete();
        assertThat(osm("uninstall", "mesh", "-f", "--delete-namespace").out())
                .contains("OSM namespace [osm-system] deleted successfully");
    }

    @Test
    void removesEverythingAgainWhenItDoesNotComeToWork() {
        var before = Inventory.of(client);

        var failed = osm("install", "--atomic", "--timeout", "2s");

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err())
                .contains(
                        "Error: after 2 s it is still not so that deployment osm-controller is available: it has no pods yet")
                .contains("What was installed is removed again (--atomic).");
        osm("uninstall", "mesh", "-f", "-a");
        server.endNamespace("osm-system");
        assertThat(Inventory.of(client)).isEqualTo(before);
    }

    /** Somebody deletes the Deployment, or it never came to be: what came with it is a Helm release, and goes as one. */
    @ParameterizedTest
    @ValueSource(strings = {"", "-a"})
    void removesWhatIsLeftOfAMeshWithoutItsDeployment(String option) {
        var before = Inventory.of(client);
        assertThat(osm("install", "--no-wait").exitCode()).isZero();
        client.apps()
                .deployments()
                .inNamespace("osm-system")
                .withName("osm-controller")
                .delete();

        var removed = option.isEmpty() ? osm("uninstall", "mesh", "-f") : osm("uninstall", "mesh", "-f", option);

        assertThat(removed.exitCode()).as(removed.err()).isZero();
        assertThat(removed.out()).contains("OSM [mesh name: osm] in namespace [osm-system] uninstalled");
        osm("uninstall", "mesh", "-f", "-a");
        server.endNamespace("osm-system");
        assertThat(Inventory.of(client)).isEqualTo(before);
    }

    @Test
    void failsAndNamesWhatNoReleaseRemoves() {
        assertThat(osm("install", "--no-wait").exitCode()).isZero();
        var release = client.secrets().inNamespace("osm-system").withLabel("owner", "helm");
        var kept = release.list().getItems().getFirst();
        release.delete();

        var removed = osm("uninstall", "mesh", "-f");

        assertThat(removed.exitCode()).isEqualTo(1);
        assertThat(removed.out()).contains("No OSM control plane with mesh name [osm] found in namespace [osm-system]");
        assertThat(removed.err())
                .startsWith(
                        "Error: of the mesh there still is ClusterRole osm, ClusterRoleBinding osm, Deployment osm-system/")
                .contains("; no Helm release removes it, kubectl delete does");
        kept.getMetadata().setResourceVersion(null);
        client.resource(kept).create();
        assertThat(osm("uninstall", "mesh", "-f").exitCode()).isZero();
    }

    @Test
    void saysHowToInstallAMeshAnewWhoseDeploymentIsGone() {
        assertThat(osm("install", "--no-wait").exitCode()).isZero();
        client.apps()
                .deployments()
                .inNamespace("osm-system")
                .withName("osm-controller")
                .delete();
        var before = Inventory.of(client);

        var refused = osm("install", "--no-wait");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("`osm uninstall mesh --mesh-name osm --osm-namespace osm-system` removes the rest");
        assertThat(Inventory.of(client)).isEqualTo(before);
        assertThat(osm("uninstall", "mesh", "-f", "--mesh-name", "osm", "--osm-namespace", "osm-system")
                        .exitCode())
                .isZero();
        assertThat(osm("install", "--no-wait").exitCode()).isZero();
    }

    @Test
    void writesNothingForValuesThatTheChartDoesNotHave() {
        var before = Inventory.of(client);

        var refused = osm("install", "--no-wait", "--set", "osm.nonsense=1");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).startsWith("Error: ").contains("nonsense").doesNotContain("What was installed");
        assertThat(Inventory.of(client)).isEqualTo(before);
    }

    @Test
    void removesNoMeshOfAnotherNamespace() {
        assertThat(osm("install", "--no-wait").exitCode()).isZero();

        var named = osm("uninstall", "mesh", "-f", "--mesh-name", "osm", "--osm-namespace", "two");
        var unnamed = osm("uninstall", "mesh", "-f", "--osm-namespace", "two");

        assertThat(named.lines()).containsExactly("Did not find mesh [osm] in namespace [two]");
        assertThat(named.err()).contains("There is mesh [osm] in namespace [osm-system]; name one with --mesh-name");
        assertThat(unnamed.lines()).containsExactly("No OSM control planes found in namespace [two]");
        assertThat(osm("mesh", "list").out()).contains("osm-system");
    }

    @Test
    void aDryRunBesideAMeshIsShownAndTheRefusalSaid() {
        assertThat(osm("install", "--no-wait").exitCode()).isZero();

        var preview = osm("install", "--dry-run", "--mesh-name", "two", "--osm-namespace", "two");

        assertThat(preview.exitCode()).as(preview.err()).isZero();
        assertThat(preview.out()).contains("name: osm-webhook-two");
        assertThat(preview.err())
                .isEqualTo("Without --dry-run this would be refused: Mesh(es) namespace: osm-system, name: osm already"
                        + " enforce it is the only mesh in the cluster, cannot install new meshes"
                        + System.lineSeparator());
    }

    /** The sentence after a failure holds. */
    @Test
    void removesByTheCommandItNamesWhatAFailureLeaves() {
        var before = Inventory.of(client);

        var failed = osm("install", "--timeout", "1s");

        assertThat(failed.err())
                .contains("What was installed is left for a look at it;"
                        + " `osm uninstall mesh -a --mesh-name osm --osm-namespace osm-system` removes it,");
        assertThat(osm("uninstall", "mesh", "-a", "-f", "--mesh-name", "osm", "--osm-namespace", "osm-system")
                        .exitCode())
                .isZero();
        server.endNamespace("osm-system");
        assertThat(Inventory.of(client)).isEqualTo(before);
    }

    @Test
    void putsNothingIntoANamespaceThatIsBeingDeleted() {
        client.resource(named("osm-system")).create();
        client.namespaces().withName("osm-system").delete();
        var before = Inventory.of(client);

        var early = osm("install", "--timeout", "1s");

        assertThat(early.exitCode()).isEqualTo(1);
        assertThat(early.err()).contains("Error: after 1 s namespace osm-system is still being deleted");
        assertThat(Inventory.of(client)).isEqualTo(before);
        server.endNamespace("osm-system");
        assertThat(osm("install", "--no-wait").exitCode()).isZero();
    }

    @Test
    void showsWhatItWouldInstallAndInstallsNothing() {
        var before = Inventory.of(client);

        var preview = osm("install", "--dry-run");

        assertThat(preview.exitCode()).as(preview.err()).isZero();
        assertThat(preview.out())
                .contains("name: meshconfigs.config.openservicemesh.io")
                .contains("name: osm-webhook-osm");
        assertThat(Inventory.of(client)).isEqualTo(before);
    }

    private void joinANamespaceAndKeepKeys() {
        client.resource(named("shop")).create();
        assertThat(osm("namespace", "add", "shop").out())
                .isEqualTo("Namespace [shop] successfully added to mesh [osm]" + System.lineSeparator());
        client.resource(secret("osm-ca-bundle", Map.of("app.kubernetes.io/name", "openservicemesh.io")))
                .create();
        client.resource(new SecretBuilder(secret("nginx", Map.of("openservicemesh.io/ingress-gateway", "osm")))
                        .editMetadata()
                        .withNamespace("default")
                        .endMetadata()
                        .build())
                .create();
    }

    private static Secret secret(String name, Map<String, String> labels) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("osm-system")
                .withLabels(labels)
                .endMetadata()
                .build();
    }

    private static Namespace named(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }

    private List<String> kinds() {
        return client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .map(kind -> kind.getMetadata().getName())
                .toList();
    }

    private CommandLineRun osm(String... arguments) {
        return osmAnswering("", arguments);
    }

    private CommandLineRun osmAnswering(String input, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kubeconfig", kubeconfig.toString()));
        return CommandLineRun.answering(input, all.toArray(String[]::new));
    }
}
