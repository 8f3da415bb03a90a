package io.osmj.integration.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.grpc.Status;
import io.osmj.integration.apiserver.ApiServer;
import io.osmj.xds.resource.ResourceType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What proxies notice while the API server cannot be reached: nothing. */
@Tag("apiserver")
@ExtendWith(ApiServer.class)
class OutageTest {
    private static final Duration LONG = Duration.ofSeconds(40);

    private final Path folder;
    private final Path kubeconfig;
    private final TestMesh mesh;
    private final Relay relay;
    private final AdsClient proxy = new AdsClient();

    OutageTest(ApiServer.Running server, @TempDir Path folder) throws IOException {
        this.folder = folder;
        this.mesh = TestMesh.create(server);
        URI api = URI.create(mesh.client().getConfiguration().getMasterUrl());
        this.relay = new Relay(api.getPort());
        String throughRelay = server.server().getKubeConfigYaml().replace(":" + api.getPort(), ":" + relay.port());
        assertThat(throughRelay).contains(":" + relay.port());
        this.kubeconfig = Files.writeString(folder.resolve("kubeconfig"), throughRelay);
    }

    @AfterEach
    void close() {
        proxy.close();
        relay.close();
    }

    private ControllerProcess start() {
        return ControllerProcess.start(folder, kubeconfig, "first", mesh);
    }

    @Test
    void anOutageChangesNothingAndWhatHappenedMeanwhileIsCaughtUpWith() {
        try (ControllerProcess controller = start()) {
            controller.awaitReady();
            mesh.permissive(true);
            Pod store = mesh.pod("bookstore-1", "bookstore", "10.1.0.1");
            mesh.service("bookstore", store, 8080);
            String token = mesh.token(store);
            AdsClient.Stream stream = proxy.connect(controller.xdsPort(), token);
            await().until(() -> proxy.held(ResourceType.ROUTE).size() == 2
                    && proxy.held(ResourceType.CLUSTER).size() == 1);
            stream.demand("h|10.1.0.2:8080");
            await().until(() -> stream.missing().contains("h|10.1.0.2:8080"));

            relay.cut();
            Pod buyer = mesh.pod("bookbuyer-1", "bookbuyer", "10.1.0.2");
            mesh.service("bookbuyer", buyer, 8080);
            try (AdsClient other = new AdsClient()) {
                AdsClient.Stream refused = other.connect(controller.xdsPort(), mesh.token(buyer));
                await().atMost(LONG).until(() -> refused.end().isPresent());
                assertThat(refused.end()).contains(Status.Code.UNAVAILABLE);
            }
            assertThat(stream.end()).isEmpty();
            assertThat(stream.removed()).isZero();
            assertThat(controller.get("/health/ready")).startsWith("200");
            assertThat(controller.get("/health/alive")).startsWith("200");

            relay.mend();

            await().atMost(LONG).until(() -> proxy.held(ResourceType.CLUSTER).containsKey("h|10.1.0.2:8080"));
            assertThat(stream.removed()).isZero();
            assertThat(stream.end()).isEmpty();
        }
    }

    @Test
    void aControlPlaneThatStartsDuringAnOutageServesNobodyUntilItHasReadEverything() {
        relay.cut();
        try (ControllerProcess controller = start()) {
            await().atMost(LONG).until(() -> controller.get("/health/alive").startsWith("200"));
            assertThat(controller.get("/health/ready")).startsWith("503").contains("cluster read");

            relay.mend();

            controller.awaitReady();
        }
    }

    /** A firewall that forgets a connection tells nobody. Nothing must wait on it until the kernel gives up. */
    @Test
    void connectionsThatDieWithoutAWordAreReplaced() {
        try (ControllerProcess controller = start()) {
            controller.awaitReady();
            Pod store = mesh.pod("bookstore-1", "bookstore", "10.1.0.1");
            await().until(() -> controller.get("/metrics").contains("pod-updated"));
            String token = mesh.token(store);

            relay.freeze();
            mesh.service("bookstore", store, 8080);

            await().atMost(LONG).until(() -> {
                AdsClient.Stream stream = proxy.connect(controller.xdsPort(), token);
                await().until(() -> stream.end().isPresent() || stream.received() > 0);
                return stream.received() > 0;
            });
            await("the service that came meanwhile")
                    .atMost(LONG)
                    .until(() -> proxy.held(ResourceType.ROUTE).containsKey("rds-inbound.8080"));
        }
    }
}
