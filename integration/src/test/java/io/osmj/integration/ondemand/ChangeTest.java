package io.osmj.integration.ondemand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.osmj.core.plan.Destination;
import io.osmj.core.plan.Destination.Allowed;
import io.osmj.core.plan.Destination.Backend;
import io.osmj.core.plan.Destination.Carriage;
import io.osmj.core.plan.Destination.Denied;
import io.osmj.core.plan.Reach;
import io.osmj.integration.ondemand.Client.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The mesh changes while connections stand. */
@Tag("netns")
class ChangeTest {
    private static final int ANOTHER_HTTP_PORT = 8081;

    private static Lab lab;
    private static int orders;
    private static int books;
    private static int database;

    @BeforeAll
    static void start() {
        lab = new Lab(Lab.CLOSED);
        orders = lab.world.http("orders");
        books = lab.world.http("books");
        database = lab.world.greeting("database");
    }

    @AfterEach
    void nothingWasRefused() {
        assertThat(lab.controlPlane.nacks()).isEmpty();
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @Test
    void aServiceThatIsRemovedAndComesBackIsServedAgain() {
        Destination service = Lab.to("10.97.1.1", Lab.HTTP_PORT, Carriage.HTTP, orders);
        lab.resolver.set(service);
        assertThat(lab.get(service).status()).isEqualTo(200);

        lab.resolver.remove(service);
        await().until(() -> lab.get(service).status() == 503);
        Answer gone = lab.get(service);
        assertThat(gone.status()).isEqualTo(503);
        assertThat(gone.took()).isLessThan(Duration.ofMillis(3_500));

        lab.resolver.set(service);
        assertThat(lab.get(service).body()).startsWith("orders");
        assertThat(lab.resolver.asked()).containsOnlyOnce("h|10.97.1.1:80");
    }

    @Test
    void aChangedClusterWithTheSameEndpointsIsLiveWithinASecond() {
        Destination service = Lab.to("10.97.1.2", Lab.HTTP_PORT, Carriage.HTTP, orders);
        lab.resolver.set(service);
        assertThat(lab.get(service).status()).isEqualTo(200);

        lab.resolver.set(new Destination(
                service.address(), service.port(), service.carriage(), "renamed", "svc", service.access()));

        await().atMost(Duration.ofSeconds(1))
                .until(() -> lab.sidecar
                        .admin("/config_dump?resource=dynamic_active_clusters&name_regex=.*10.97.1.2.*")
                        .contains("\"alt_stat_name\": \"renamed\""));
        assertThat(lab.sidecar.stat("cluster_manager.warming_clusters")).isZero();
        assertThat(lab.get(service).status()).isEqualTo(200);
    }

    @Test
    void newEndpointsBindOnAConnectionThatStands() {
        Destination service = Lab.to("10.97.1.3", Lab.HTTP_PORT, Carriage.HTTP, orders);
        lab.resolver.set(service);
        try (Client client = lab.dial(service)) {
            assertThat(client.get().body()).startsWith("orders");

            lab.resolver.set(Lab.to("10.97.1.3", Lab.HTTP_PORT, Carriage.HTTP, books));

            await().atMost(Duration.ofSeconds(2))
                    .until(() -> client.get().body().startsWith("books"));
        }
    }

    @Test
    void aChangeOfPortsRangesOrEgressClosesNoConnection() {
        Destination requests = Lab.to("10.97.1.4", Lab.HTTP_PORT, Carriage.HTTP, orders);
        Destination bytes = Lab.to("10.97.1.5", Lab.TCP_PORT, Carriage.TCP, database);
        Destination afterwards = Lab.to("10.120.0.1", ANOTHER_HTTP_PORT, Carriage.HTTP, books);
        lab.resolver.set(requests, bytes, afterwards);
        try (Client web = lab.dial(requests);
                Client sql = lab.dial(bytes)) {
            assertThat(web.get().status()).isEqualTo(200);
            assertThat(sql.greeting()).isEqualTo("database");

            for (Reach reach : List.of(
                    new Reach(Lab.CLOSED.ranges(), List.of(Lab.HTTP_PORT, ANOTHER_HTTP_PORT), false),
                    new Reach(
                            Stream.concat(Lab.CLOSED.ranges().stream(), Stream.of(Lab.range("10.112.0.0/12")))
                                    .toList(),
                            List.of(Lab.HTTP_PORT, ANOTHER_HTTP_PORT),
                            false),
                    Lab.OPEN,
                    new Reach(
                            Stream.of("10.96.0.0/11", "10.9.0.0/16")
                                    .map(Lab::range)
                                    .toList(),
                            List.of(ANOTHER_HTTP_PORT),
                            false))) {
                long updates = lab.sidecar.stat("listener_manager.listener_in_place_updated");
                lab.resolver.set(reach);
                await().until(() -> lab.sidecar.stat("listener_manager.listener_in_place_updated") == updates + 1);

                assertThat(web.get().status()).isEqualTo(200);
                assertThat(sql.echo("select 1")).isEqualTo("select 1");
            }

            assertThat(lab.sidecar.stat("listener_manager.total_listeners_draining"))
                    .isZero();
            assertThat(lab.get(afterwards).body()).startsWith("books");
            assertThat(lab.resolver.asked()).contains("h|10.120.0.1:8081");
        } finally {
            lab.resolver.set(Lab.CLOSED);
            await().until(() -> lab.sidecar
                    .admin("/config_dump?resource=dynamic_listeners&name_regex=outbound-listener")
                    .contains("\"10.96.0.0\""));
        }
    }

    /** The first service that speaks HTTP on its port comes while somebody waits for it, whose connection is not taken for HTTP. */
    @Test
    void whoWaitsForAPortThatIsNewToTheMeshIsServedWhenItComes() throws Exception {
        Destination service = Lab.to("10.97.1.10", 8099, Carriage.HTTP_ON_MIXED_PORT, orders);
        assertThat(lab.get(service).status()).as("told that nothing is there").isZero();
        assertThat(lab.resolver.asked()).contains("t|10.97.1.10:8099");
        long before = lab.sidecar.stat("tcp.outbound-tcp.downstream_cx_total");
        Future<Answer> waiting = lab.pod.start(() -> lab.get(service));
        await().until(() -> lab.sidecar.stat("tcp.outbound-tcp.downstream_cx_total") == before + 1);

        long start = System.nanoTime();
        lab.resolver.set(new Reach(Lab.CLOSED.ranges(), List.of(Lab.HTTP_PORT, 8099), false));
        lab.resolver.set(service);
        try {
            assertThat(waiting.get().body()).startsWith("orders");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            assertThat(lab.get(service).body()).startsWith("orders");
        } finally {
            lab.resolver.set(Lab.CLOSED);
        }
    }

    /** Each caller keeps one connection for all its requests, so one that is closed is seen. */
    @ParameterizedTest
    @EnumSource(value = Carriage.class, names = "TCP", mode = EnumSource.Mode.EXCLUDE)
    void whileTheModeChangesEveryRequestIsServedOrRefused(Carriage carriage) throws Exception {
        int port = carriage == Carriage.HTTP ? Lab.HTTP_PORT : Lab.MIXED_PORT;
        Destination allowed = Lab.to("10.97.2.1", port, carriage, orders);
        Destination denied = Lab.destination("10.97.2.1", port, carriage, new Denied());
        lab.resolver.set(allowed);
        assertThat(lab.get(allowed).status()).isEqualTo(200);

        AtomicBoolean running = new AtomicBoolean(true);
        List<Future<Map<Integer, Integer>>> callers = Stream.generate(
                        () -> lab.pod.start(() -> statuses(allowed, running)))
                .limit(4)
                .toList();
        try (Client observer = lab.dial(allowed)) {
            for (int round = 0; round < 20; round++) {
                lab.resolver.set(denied);
                await().atMost(Duration.ofSeconds(2)).until(() -> observer.get().status() == 403);
                lab.resolver.set(allowed);
                await().atMost(Duration.ofSeconds(2)).until(() -> observer.get().status() == 200);
            }
        }
        running.set(false);
        for (Future<Map<Integer, Integer>> caller : callers) {
            assertThat(caller.get()).containsOnlyKeys(200, 403);
        }
    }

    private static Map<Integer, Integer> statuses(Destination destination, AtomicBoolean running) {
        Map<Integer, Integer> statuses = new TreeMap<>();
        try (Client client = lab.dial(destination)) {
            while (running.get()) {
                statuses.merge(client.get().status(), 1, Integer::sum);
            }
        }
        return statuses;
    }

    @Test
    void aConnectionThatStandsOutlastsItsPermission() {
        Destination allowed = Lab.to("10.97.1.6", Lab.TCP_PORT, Carriage.TCP, database);
        lab.resolver.set(allowed);
        try (Client before = lab.dial(allowed)) {
            assertThat(before.greeting()).isEqualTo("database");

            lab.resolver.set(Lab.destination("10.97.1.6", Lab.TCP_PORT, Carriage.TCP, new Denied()));

            await().until(() -> {
                try (Client after = lab.dial(allowed)) {
                    return after.greeting().equals("closed");
                }
            });
            assertThat(before.echo("still here")).isEqualTo("still here");
        }
    }

    /** What a port speaks changes: a service turns from HTTP to TCP. */
    @Test
    void aServiceThatTurnsIntoAnotherProtocolIsCarriedAsThat() {
        Destination http = Lab.to("10.97.1.7", Lab.MIXED_PORT, Carriage.HTTP_ON_MIXED_PORT, orders);
        lab.resolver.set(http);
        assertThat(lab.get(http).body()).startsWith("orders");

        lab.resolver.set(Lab.to("10.97.1.7", Lab.MIXED_PORT, Carriage.TCP, database));

        await().atMost(Duration.ofSeconds(2)).until(() -> {
            try (Client client = lab.dial(http)) {
                return client.greeting().equals("database");
            }
        });
    }

    @Test
    void aServiceWithoutEndpointsFailsAtOnceAndServesWhenItHasSome() {
        Destination empty =
                Lab.destination("10.97.1.8", Lab.HTTP_PORT, Carriage.HTTP, new Allowed(List.of(), List.of()));
        lab.resolver.set(empty);
        assertThat(lab.get(empty)).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.took()).isLessThan(Duration.ofMillis(1_500));
        });

        lab.resolver.set(Lab.destination(
                "10.97.1.8",
                Lab.HTTP_PORT,
                Carriage.HTTP,
                new Allowed(List.of(new Backend(World.NEAR, orders, false, 1)), List.of())));

        await().atMost(Duration.ofSeconds(2)).until(() -> lab.get(empty).status() == 200);
    }
}
