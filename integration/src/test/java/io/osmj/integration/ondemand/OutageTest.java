package io.osmj.integration.ondemand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.osmj.core.plan.Destination;
import io.osmj.core.plan.Destination.Carriage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The control plane goes and comes back; the one that comes back knows nothing of what was asked before. */
@Tag("netns")
class OutageTest {
    /** More than a pod may ask for at once, so that some come at the second or third call. */
    private static final int MANY = 600;

    private static final int CALLERS = 8;

    /** A connection is tried again every 2 s, give or take a fifth; the rest is for the machine. */
    private static final Duration BACK = Duration.ofSeconds(8);

    /** Long enough for a client that doubles its waits to have reached its longest. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private Lab lab;
    private int orders;

    @BeforeEach
    void start() {
        lab = new Lab(Lab.CLOSED);
        orders = lab.world.http("orders");
    }

    @AfterEach
    void stop() {
        lab.close();
        assertThat(lab.controlPlane.nacks()).isEmpty();
    }

    private Destination service(int number) {
        return Lab.to("10.98." + number / 250 + "." + (1 + number % 250), Lab.HTTP_PORT, Carriage.HTTP, orders);
    }

    @Test
    void anOutageTouchesFirstContactsOnly() {
        List<Destination> fresh = List.of(service(1), service(2));
        Destination known = service(0);
        lab.resolver.set(known, service(1), service(2));
        assertThat(lab.get(known).status()).isEqualTo(200);

        lab.controlPlane.stop();
        for (Destination service : fresh) {
            assertThat(lab.get(service)).satisfies(answer -> {
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.took()).isBetween(Duration.ofMillis(1_500), Duration.ofMillis(3_500));
            });
            assertThat(lab.get(known).status()).isEqualTo(200);
        }
        lab.controlPlane.startAgain();

        for (Destination service : fresh) {
            await().atMost(BACK).until(() -> lab.get(service).status() == 200);
        }
        assertThat(lab.get(known).status()).isEqualTo(200);
    }

    @Test
    void afterALongOutageTheControlPlaneIsFoundAsSoonAsAfterAShortOne() {
        Destination known = service(0);
        lab.resolver.set(known, service(1));
        assertThat(lab.get(known).status()).isEqualTo(200);

        lab.controlPlane.stop();
        await().pollDelay(LONG)
                .atMost(LONG.multipliedBy(2))
                .until(() -> lab.get(known).status() == 200);
        lab.controlPlane.startAgain();

        await().atMost(BACK).until(() -> lab.get(service(1)).status() == 200);
    }

    @Test
    void aControlPlaneThatComesBackLearnsWhatWasAskedAndSendsNothingTwice() throws Exception {
        lab.resolver.set(IntStream.range(0, MANY).mapToObj(this::service).toArray(Destination[]::new));
        List<Future<Integer>> contacts = IntStream.range(0, CALLERS)
                .mapToObj(caller -> lab.pod.start(() -> contacts(caller)))
                .toList();
        int served = 0;
        for (Future<Integer> some : contacts) {
            served += some.get();
        }
        assertThat(served).isEqualTo(MANY);
        long clusters = lab.sidecar.stat("cluster_manager.active_clusters");

        lab.controlPlane.stop();
        lab.resolver.remove(service(7));
        lab.controlPlane.startAgain();

        await().atMost(BACK).until(() -> lab.sidecar.stat("cluster_manager.active_clusters") == clusters - 1);
        assertThat(lab.get(service(6)).status()).isEqualTo(200);
        assertThat(lab.get(service(7)).status()).isEqualTo(503);
        assertThat(lab.controlPlane.server().metrics().counts().resources()).isZero();
    }

    private int contacts(int caller) {
        return (int) IntStream.range(0, MANY)
                .filter(number -> number % CALLERS == caller)
                .peek(number -> await().atMost(BACK)
                        .until(() -> lab.get(service(number)).status() == 200))
                .count();
    }
}
