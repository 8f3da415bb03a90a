package io.osmj.integration.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmj.controlplane.watch.KubernetesSource;
import io.osmj.core.compile.MeshIndex;
import io.osmj.core.compile.MeshModel;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.names.Labels;
import io.osmj.core.problem.Problem;
import io.osmj.integration.apiserver.ApiServer;
import io.osmj.objects.read.Mesh;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens in the cluster, and however far the watches are when somebody looks: it comes to what a new list says. */
@Tag("apiserver")
@ExtendWith(ApiServer.class)
class WatchOrderTest {
    private static final int EVENTS = 400;
    private static final int BETWEEN_LOOKS = 20;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofMillis(20);

    private final KubernetesClient client;
    private final TestMesh mesh;
    private final String leaver;
    private final Mesh named;

    WatchOrderTest(ApiServer.Running server) {
        client = server.client();
        mesh = TestMesh.create(server);
        leaver = server.namespace(Map.of(Labels.MONITORED_BY, mesh.name()));
        named = new Mesh(mesh.name(), mesh.namespace(), "osm-mesh-config", TrustDomain.CLUSTER_LOCAL);
    }

    /** What somebody sees of the cluster who has watched since then. */
    private static final class Watcher implements AutoCloseable {
        private final MeshIndex index = new MeshIndex(TrustDomain.CLUSTER_LOCAL);
        private final KubernetesSource source;
        private List<Problem> read = List.of();

        Watcher(KubernetesClient client, Mesh mesh) {
            source = new KubernetesSource(client, mesh, (_, _) -> {});
            source.start(() -> {});
            await().pollInterval(SOON).atMost(LONG).until(source::synced);
        }

        void look() {
            source.look(seen -> {
                index.apply(seen.value());
                read = seen.problems().stream().sorted().distinct().toList();
            });
        }

        Sight sight() {
            look();
            return new Sight(index.model(), index.problems(), read);
        }

        @Override
        public void close() {
            source.close();
        }
    }

    /** All that a watcher makes of what it saw. */
    private record Sight(MeshModel model, List<Problem> compiled, List<Problem> read) {
        int answering() {
            return Math.toIntExact(model.services().stream()
                    .filter(service -> !service.endpoints().isEmpty())
                    .count());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void whoWatchedSeesWhatOneSeesWhoStartsNow(long seed) {
        Random random = new Random(seed);
        RandomCluster cluster = new RandomCluster(mesh, leaver, random);
        int wrong = 0;
        int answering = 0;
        try (Watcher watcher = new Watcher(client, named)) {
            for (int event = 1; event <= EVENTS; event++) {
                cluster.step();
                if (random.nextInt(4) == 0) {
                    watcher.look();
                }
                if (event % BETWEEN_LOOKS == 0) {
                    Sight sight = compared(watcher, "seed %d, event %d".formatted(seed, event));
                    wrong += sight.read().size();
                    answering += sight.answering();
                }
            }
        }
        assertThat(wrong).as("problems seen").isGreaterThan(EVENTS / BETWEEN_LOOKS);
        assertThat(answering).as("services seen that have pods").isGreaterThan(EVENTS / BETWEEN_LOOKS / 4);
    }

    private Sight compared(Watcher watcher, String when) {
        try (Watcher fresh = new Watcher(client, named)) {
            await(when)
                    .pollInterval(SOON)
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(watcher.sight()).isEqualTo(fresh.sight()));
            return fresh.sight();
        }
    }
}
