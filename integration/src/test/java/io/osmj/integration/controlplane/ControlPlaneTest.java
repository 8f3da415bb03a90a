package io.osmj.integration.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.osmj.integration.apiserver.ApiServer;
import io.osmj.xds.resource.ResourceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How a control plane starts and ends, and what proxies notice when another takes its place. */
@Tag("apiserver")
@ExtendWith(ApiServer.class)
class ControlPlaneTest {
    private final Path folder;
    private final Path kubeconfig;
    private final TestMesh mesh;
    private ControllerProcess controller;
    private final AdsClient proxy = new AdsClient();

    ControlPlaneTest(ApiServer.Running server, @TempDir Path folder) throws IOException {
        this.folder = folder;
        this.mesh = TestMesh.create(server);
        this.kubeconfig =
                Files.writeString(folder.resolve("kubeconfig"), server.server().getKubeConfigYaml());
        this.controller = ControllerProcess.start(folder, kubeconfig, "first", mesh);
    }

    @BeforeEach
    void ready() {
        controller.awaitReady();
    }

    @AfterEach
    void close() {
        proxy.close();
        controller.close();
    }

    @Test
    void afterARestartAndOnAReplicaNothingIsSentAgain() {
        mesh.permissive(true);
        Pod store = mesh.pod("bookstore-1", "bookstore", "10.1.0.1");
        mesh.service("bookstore", store, 8080);
        String token = mesh.token(store);
        AdsClient.Stream first = proxy.connect(controller.xdsPort(), token);
        await().untilAsserted(() -> assertThat(proxy.held(ResourceType.ROUTE)).hasSize(2));
        await().untilAsserted(() -> assertThat(proxy.held(ResourceType.SECRET)).hasSize(2));
        assertThat(first.received()).isGreaterThan(4);

        controller.kill();
        controller = ControllerProcess.start(folder, kubeconfig, "second", mesh).awaitReady();
        AdsClient.Stream second = proxy.connect(controller.xdsPort(), token);

        await().until(() -> controller.get("/proxies").contains("\"served\":true"));
        String permissive = proxy.text(ResourceType.ROUTE, "rds-inbound.8080");
        mesh.permissive(false);
        await().untilAsserted(() ->
                assertThat(proxy.text(ResourceType.ROUTE, "rds-inbound.8080")).isNotEqualTo(permissive));
        assertThat(second.received(ResourceType.SECRET)).isZero();
        assertThat(second.received())
                .as("nothing but what the change of mode comes to")
                .isLessThanOrEqualTo(4);
    }

    @Test
    void itComputesWithNativeCryptographyAndEndsWhenTold() {
        assertThat(controller.log()).contains("computed by AWS-LC");
        assertThat(controller.terminate(Duration.ofSeconds(10))).isZero();
    }
}
