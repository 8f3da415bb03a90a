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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All proxies of a mesh come at once to a process that has not served one yet: most of its classes are loaded meanwhile. */
@Tag("apiserver")
@ExtendWith(ApiServer.class)
class CrowdTest {
    private static final int PODS = 300;
    private static final int PODS_OF_A_SERVICE = 10;
    private static final Map<ResourceType, List<String>> NAMED =
            Map.of(ResourceType.SECRET, List.of("service-cert", "root-cert"));

    private final Path folder;
    private final Path kubeconfig;
    private final TestMesh mesh;
    private final List<AdsClient> proxies = new ArrayList<>();

    CrowdTest(ApiServer.Running server, @TempDir Path folder) throws IOException {
        this.folder = folder;
        this.mesh = TestMesh.create(server);
        this.kubeconfig =
                Files.writeString(folder.resolve("kubeconfig"), server.server().getKubeConfigYaml());
    }

    @AfterEach
    void close() {
        proxies.forEach(AdsClient::close);
    }

    @Test
    void eachIsServedOnTheStreamItOpenedFirst() {
        mesh.permissive(true);
        List<String> tokens = IntStream.range(0, PODS)
                .mapToObj(i -> {
                    Pod pod =
                            mesh.pod("pod-" + i, "account-" + i / PODS_OF_A_SERVICE, "10.1." + i / 100 + "." + i % 100);
                    return mesh.token(pod);
                })
                .toList();

        try (ControllerProcess controller =
                ControllerProcess.start(folder, kubeconfig, "crowd", mesh).awaitReady()) {
            List<AdsClient.Stream> streams = tokens.stream()
                    .map(token -> {
                        AdsClient proxy = new AdsClient();
                        proxies.add(proxy);
                        return proxy.connect(controller.xdsPort(), token, NAMED);
                    })
                    .toList();

            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(proxies).allMatch(CrowdTest::isServed));
            assertThat(streams).allSatisfy(stream -> assertThat(stream.end()).isEmpty());
        }
    }

    private static boolean isServed(AdsClient proxy) {
        return proxy.held(ResourceType.LISTENER).containsKey("outbound-listener")
                && proxy.held(ResourceType.SECRET).size() == 2;
    }
}
