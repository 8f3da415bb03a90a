package io.osmj.integration.ondemand;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.plan.Destination;
import io.osmj.core.plan.Destination.Carriage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a sidecar costs depends on what its application calls and not on the mesh. The clusters are counted; memory is printed
 * and not judged, for it is another one on another machine.
 */
@Tag("netns")
class FootprintTest {
    private static final int CALLED = 50;

    @ParameterizedTest
    @ValueSource(ints = {500, 5_000})
    void aSidecarKnowsWhatItsApplicationCalls(int services) {
        try (Lab lab = new Lab(Lab.CLOSED)) {
            int orders = lab.world.http("orders");
            long idle = lab.sidecar.resident();
            long before = lab.sidecar.stat("cluster_manager.active_clusters");
            Destination[] mesh = IntStream.range(0, services)
                    .mapToObj(number -> Lab.to(
                            "10.100." + number / 250 + "." + (1 + number % 250), Lab.HTTP_PORT, Carriage.HTTP, orders))
                    .toArray(Destination[]::new);
            lab.resolver.set(mesh);

            for (int called = 0; called < CALLED; called++) {
                assertThat(lab.get(mesh[called]).status()).isEqualTo(200);
            }

            assertThat(lab.sidecar.stat("cluster_manager.active_clusters")).isEqualTo(before + CALLED);
            System.out.printf(
                    "%d services in the mesh, %d of them called: %.1f MiB resident, %.1f MiB before the first call%n",
                    services, CALLED, lab.sidecar.resident() / 1024.0, idle / 1024.0);
        }
    }
}
