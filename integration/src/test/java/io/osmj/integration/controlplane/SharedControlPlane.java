package io.osmj.integration.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.osmj.integration.apiserver.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One control plane for all tests of a class, as starting one takes longer than most of them. Each test has a namespace of workloads
 * to itself, and begins with a control plane that knows nothing any more of the tests before.
 */
final class SharedControlPlane implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String NOTHING = "200 []";

    private final ApiServer.Running server;
    private final TestMesh empty;
    private final ControllerProcess process;

    /** Starts one, not ready yet. */
    SharedControlPlane(ApiServer.Running server, Path folder) throws IOException {
        this.server = server;
        this.empty = TestMesh.withoutWorkloads(server);
        Path kubeconfig =
                Files.writeString(folder.resolve("kubeconfig"), server.server().getKubeConfigYaml());
        this.process = ControllerProcess.start(folder, kubeconfig, "shared", empty);
    }

    ControllerProcess process() {
        return process;
    }

    /** The mesh for one test, in strict mode, and known to be so. */
    TestMesh join() {
        process.awaitReady();
        await("nothing is known of the test before").atMost(SOON).untilAsserted(() -> {
            assertThat(process.get("/proxies")).isEqualTo(NOTHING);
            assertThat(process.get("/problems")).containsOnlyOnce("\"code\":").contains("\"code\":\"M4002\"");
            assertThat(process.get("/metrics")).contains("osm_resource_namespace_count 0.0");
        });
        TestMesh joined = empty.next(server);
        joined.permissive(false);
        await("MeshConfig and the namespace are known").atMost(SOON).untilAsserted(() -> {
            assertThat(process.get("/problems")).isEqualTo(NOTHING);
            assertThat(process.get("/metrics")).contains("osm_resource_namespace_count 1.0");
        });
        return joined;
    }

    @Override
    public void close() {
        process.close();
    }
}
