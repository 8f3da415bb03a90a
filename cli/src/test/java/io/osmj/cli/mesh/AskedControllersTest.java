package io.osmj.cli.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.osmj.cli.CommandLineRun;
import io.osmj.cli.cluster.Controller;
import io.osmj.cli.cluster.RealApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which of a mesh's controllers a command asks. */
@Tag("apiserver")
@ExtendWith(RealApiServer.class)
class AskedControllersTest {
    private final KubernetesClient client;
    private final RealApiServer.Running server;

    @TempDir
    private Path folder = Path.of("");

    private Path kubeconfig = Path.of("");

    AskedControllersTest(RealApiServer.Running server) {
        this.server = server;
        this.client = server.client();
    }

    @BeforeEach
    void installAMesh() throws IOException {
        kubeconfig = Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig());
        assertThat(osm("install", "--no-wait").exitCode()).isZero();
    }

    @AfterEach
    void removeTheMesh() {
        osm("uninstall", "mesh", "-f", "-a");
        server.endNamespace("osm-system");
    }

    /** Its containers may be gone already: the API server would wait for them until it gives up. */
    @Test
    void oneThatEndsIsNotAsked() throws IOException {
        try (var _ =
                Controller.answering(client, Map.of("smi/version", "{\"TCPRoute\":\"specs.smi-spec.io/v1alpha4\"}"))) {
            assertThat(osm("mesh", "list").out()).contains("TCPRoute:v1alpha4");

            hold(List.of("osm-java.test/still-ending"));
            pod().delete();
            Pod ending = pod().get();
            var asked = osm("mesh", "list");
            hold(List.of());

            assertThat(ending.getMetadata().getDeletionTimestamp()).isNotNull();
            assertThat(ending.getStatus().getPhase()).isEqualTo("Running");
            assertThat(asked.out()).contains("Unknown").doesNotContain("TCPRoute");
        }
    }

    @Test
    void thoseThatAreReadyAreAskedFirst() {
        assertThat(Meshes.answering(Stream.of("starts", "ends", "one", "failed", "two")
                                .map(AskedControllersTest::listed)
                                .toList())
                        .map(Listed::name))
                .containsExactly("one", "two", "starts");
    }

    private static Listed listed(String name) {
        return new Listed(
                "osm-system",
                name,
                Map.of(),
                Map.of(),
                name.equals("failed") ? "Failed" : "Running",
                !name.equals("starts"),
                name.equals("ends"));
    }

    private PodResource pod() {
        return client.pods().inNamespace("osm-system").withName("osm-controller-0");
    }

    private void hold(List<String> finalizers) {
        Pod held = new PodBuilder(pod().get())
                .editMetadata()
                .withFinalizers(finalizers)
                .endMetadata()
                .build();
        client.resource(held).update();
    }

    private CommandLineRun osm(String... arguments) {
        return CommandLineRun.of(Stream.concat(Stream.of(arguments), Stream.of("--kubeconfig", kubeconfig.toString()))
                .toArray(String[]::new));
    }
}
