package io.osmj.integration.ondemand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.osmj.core.plan.Destination;
import io.osmj.core.plan.Destination.Allowed;
import io.osmj.core.plan.Destination.Backend;
import io.osmj.core.plan.Destination.Carriage;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two versions behind one address, by weight. */
@Tag("netns")
class SplitTest {
    private static Lab lab;
    private static int old;
    private static int next;
    private static int oldDatabase;
    private static int nextDatabase;

    @BeforeAll
    static void start() {
        lab = new Lab(Lab.CLOSED);
        old = lab.world.http("old");
        next = lab.world.http("next");
        oldDatabase = lab.world.greeting("old");
        nextDatabase = lab.world.greeting("next");
    }

    @AfterAll
    static void stop() {
        lab.close();
        assertThat(lab.controlPlane.nacks()).isEmpty();
    }

    private static Destination http(int oldWeight, int nextWeight) {
        return split("10.96.7.1", Lab.HTTP_PORT, Carriage.HTTP, old, oldWeight, next, nextWeight);
    }

    private static Destination tcp(int oldWeight, int nextWeight) {
        return split("10.96.7.2", Lab.TCP_PORT, Carriage.TCP, oldDatabase, oldWeight, nextDatabase, nextWeight);
    }

    private static Destination split(
            String address, int port, Carriage carriage, int one, int oneWeight, int two, int twoWeight) {
        return Lab.destination(
                address,
                port,
                carriage,
                new Allowed(
                        List.of(
                                new Backend(World.NEAR, one, false, oneWeight),
                                new Backend(World.NEAR, two, false, twoWeight)),
                        List.of()));
    }

    /** What part of the answers comes from the next version, in percent. */
    private static int percentOfNext(int calls, Supplier<String> call) {
        long hits = IntStream.range(0, calls)
                .mapToObj(_ -> call.get())
                .filter(answer -> answer.startsWith("next"))
                .count();
        return (int) (100 * hits / calls);
    }

    @Test
    void requestsOfOneConnectionFollowTheWeightsAndTheirChanges() {
        lab.resolver.set(http(800_000, 200_000));
        try (Client client = lab.dial(http(1, 1))) {
            Supplier<String> call = () -> client.get().body();
            assertThat(percentOfNext(500, call)).isBetween(10, 30);
            long clusters = lab.sidecar.stat("cluster_manager.cluster_modified");

            lab.resolver.set(http(200_000, 800_000));
            await().until(() -> percentOfNext(20, call) > 50);
            assertThat(percentOfNext(500, call)).isBetween(70, 90);

            lab.resolver.set(http(1_000_000, 0));
            await().until(() -> percentOfNext(20, call) == 0);
            assertThat(percentOfNext(100, call)).isZero();

            assertThat(lab.sidecar.stat("cluster_manager.cluster_modified"))
                    .as("weights are endpoints' alone")
                    .isEqualTo(clusters);
        }
    }

    @Test
    void connectionsOfTcpFollowTheWeightsAndTheirChanges() {
        lab.resolver.set(tcp(800_000, 200_000));
        Supplier<String> call = () -> {
            try (Client client = lab.dial(tcp(1, 1))) {
                return client.greeting();
            }
        };
        assertThat(percentOfNext(500, call)).isBetween(10, 30);

        lab.resolver.set(tcp(0, 1_000_000));
        await().until(() -> percentOfNext(20, call) == 100);
    }
}
