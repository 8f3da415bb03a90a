package io.osmj.integration.controlplane;

import static org.awaitility.Awaitility.await;

import io.osmj.integration.apiserver.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that does not know a kind, or no more. */
@Tag("apiserver")
@ExtendWith(ApiServer.class)
class MissingKindTest {
    private static final Duration LONG = Duration.ofSeconds(40);

    private final Path folder;
    private final Path kubeconfig;
    private final TestMesh mesh;

    MissingKindTest(ApiServer.Running server, @TempDir Path folder) throws IOException {
        this.folder = folder;
        this.mesh = TestMesh.create(server);
        this.kubeconfig =
                Files.writeString(folder.resolve("kubeconfig"), server.server().getKubeConfigYaml());
    }

    @Test
    void aKindThatIsMissingIsDoneWithoutAndPickedUpWhenItComes() {
        try (ControllerProcess early = start("early")) {
            early.awaitReady();
            mesh.removeKind("tcproutes.specs.smi-spec.io");

            try (ControllerProcess late = start("late")) {
                late.awaitReady();
                await().until(() -> late.get("/problems").contains("M4001"));
                await("the process that saw the kind go says so too")
                        .atMost(LONG)
                        .until(() -> early.get("/problems").contains("M4001"));
                TestMesh.installKinds(mesh.client());
                await().atMost(LONG).until(() -> !late.get("/problems").contains("M4001"));
            }
            mesh.apply(mesh.workloads(), """
                    apiVersion: access.smi-spec.io/v1alpha3
                    kind: TrafficTarget
                    metadata: {name: target}
                    spec:
                      destination: {kind: ServiceAccount, name: bookstore}
                      rules: [{kind: TCPRoute, name: route}]
                      sources: [{kind: ServiceAccount, name: bookbuyer}]
                    """);
            await().atMost(LONG).until(() -> early.get("/problems").contains("M2005"));
            mesh.apply(mesh.workloads(), """
                    apiVersion: specs.smi-spec.io/v1alpha4
                    kind: TCPRoute
                    metadata: {name: route}
                    spec: {matches: {ports: [8080]}}
                    """);
            await("the process that saw the kind go")
                    .atMost(LONG)
                    .until(() -> !early.get("/problems").contains("M2005"));
        }
    }

    private ControllerProcess start(String replica) {
        return ControllerProcess.start(folder, kubeconfig, replica, mesh);
    }
}
