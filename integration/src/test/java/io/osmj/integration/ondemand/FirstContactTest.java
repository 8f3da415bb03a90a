package io.osmj.integration.ondemand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.Destination.Carriage;
import io.osmj.core.plan.Destination.Denied;
import io.osmj.core.plan.Destination.Passthrough;
import io.osmj.integration.ondemand.Client.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An address is dialled for the first time, with egress closed. */
@Tag("netns")
class FirstContactTest {
    /** Well below the 2 s that a name without an answer costs. */
    private static final Duration AT_ONCE = Duration.ofMillis(1_500);

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

    @AfterAll
    static void stop() {
        lab.close();
        assertThat(lab.controlPlane.nacks()).isEmpty();
    }

    @Test
    void aRequestGoesToWhatStandsBehindTheAddress() {
        Destination service = Lab.to("10.96.1.1", Lab.HTTP_PORT, Carriage.HTTP, orders);
        lab.resolver.set(service);

        assertThat(lab.get(service)).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).startsWith("orders host=10.96.1.1 leaked=[]");
        });
        assertThat(lab.get(service).body()).startsWith("orders");
        assertThat(lab.resolver.asked()).containsOnlyOnce("h|10.96.1.1:80");
    }

    /** The control plane hears the question and nothing after it: no acknowledgement, and no request for endpoints. */
    @ParameterizedTest
    @EnumSource(
            value = Carriage.class,
            names = {"HTTP", "TCP"})
    void aFirstContactIsOneQuestionAndOneAnswer(Carriage carriage) {
        boolean http = carriage == Carriage.HTTP;
        Destination service = Lab.to(
                http ? "10.96.1.10" : "10.96.1.11",
                http ? Lab.HTTP_PORT : Lab.TCP_PORT,
                carriage,
                http ? orders : database);
        lab.resolver.set(service);
        lab.resolver.whenAsked(lab.controlPlane::deafen);
        try (Client client = lab.dial(service)) {
            assertThat(http ? client.get().body() : client.greeting()).startsWith(http ? "orders" : "database");
        } finally {
            lab.resolver.whenAsked(() -> {});
            lab.controlPlane.hear();
        }
    }

    @Test
    void neitherHostNorAForgedHeaderChangesWhereARequestGoes() {
        Destination service = Lab.to("10.96.1.2", Lab.HTTP_PORT, Carriage.HTTP, orders);
        Destination other = Lab.to("10.96.1.3", Lab.HTTP_PORT, Carriage.HTTP, books);
        lab.resolver.set(service, other);

        assertThat(lab.get(other).body()).startsWith("books");
        assertThat(lab.get(service, "Host: 10.96.1.3", "x-osm-cluster: h|10.96.1.3:80", "x-osm-cluster: again")
                        .body())
                .startsWith("orders host=10.96.1.3 leaked=[]");
    }

    @Test
    void aServerThatSpeaksFirstIsHeardAtOnce() {
        Destination service = Lab.to("10.96.1.4", Lab.TCP_PORT, Carriage.TCP, database);
        lab.resolver.set(service);

        long start = System.nanoTime();
        try (Client client = lab.dial(service)) {
            assertThat(client.greeting()).isEqualTo("database");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
            assertThat(client.echo("select 1")).isEqualTo("select 1");
        }
        assertThat(lab.resolver.asked()).containsOnlyOnce("t|10.96.1.4:3306");
    }

    @Test
    void manyAtOnceAskOnce() throws Exception {
        Destination service = Lab.to("10.96.1.5", Lab.TCP_PORT, Carriage.TCP, database);
        lab.resolver.set(service);

        List<Future<String>> greetings = IntStream.range(0, 20)
                .mapToObj(_ -> lab.pod.start(() -> {
                    try (Client client = lab.dial(service)) {
                        return client.greeting();
                    }
                }))
                .toList();
        for (Future<String> greeting : greetings) {
            assertThat(greeting.get()).isEqualTo("database");
        }
        assertThat(lab.resolver.asked()).containsOnlyOnce("t|10.96.1.5:3306");
    }

    @Test
    void aMixedPortIsWhatEachOfItsServicesIs() {
        Destination http = Lab.to("10.96.1.6", Lab.MIXED_PORT, Carriage.HTTP_ON_MIXED_PORT, orders);
        Destination tcp = Lab.to("10.96.1.7", Lab.MIXED_PORT, Carriage.TCP, database);
        lab.resolver.set(http, tcp);

        try (Client client = lab.dial(tcp)) {
            assertThat(client.greeting()).isEqualTo("database");
        }
        try (Client client = lab.dial(http)) {
            assertThat(client.get("Host: other", "x-osm-cluster: h|10.96.1.1:80")
                            .body())
                    .startsWith("orders host=other leaked=[]");
            assertThat(client.request("POST", new byte[3 << 20]).body()).endsWith("received=" + (3 << 20));
        }
        assertThat(lab.resolver.asked()).contains("t|10.96.1.6:8080").doesNotContain("h|10.96.1.6:8080");
    }

    @ParameterizedTest
    @EnumSource(value = Carriage.class, names = "TCP", mode = EnumSource.Mode.EXCLUDE)
    void aDeniedRequestIsRefusedAtOnceHoweverLargeItIs(Carriage carriage) {
        Destination service = Lab.destination(
                "10.96.2." + List.of(Carriage.values()).indexOf(carriage),
                carriage == Carriage.HTTP ? Lab.HTTP_PORT : Lab.MIXED_PORT,
                carriage,
                new Denied());
        lab.resolver.set(service);

        Answer first = lab.get(service);
        assertThat(first.status()).isEqualTo(403);
        assertThat(first.body()).isEqualTo("RBAC: access denied");
        assertThat(first.took()).isLessThan(AT_ONCE);
        try (Client client = lab.dial(service)) {
            assertThat(client.get().status()).isEqualTo(403);
            assertThat(client.get().status()).isEqualTo(403);
        }
        // A no that comes before the request is complete ends the connection, as HTTP/1.1 has it.
        for (int size : new int[] {1_000, 3 << 20}) {
            try (Client client = lab.dial(service)) {
                assertThat(client.request("POST", new byte[size]).status()).isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Carriage.class, names = "TCP", mode = EnumSource.Mode.EXCLUDE)
    void aDeniedGrpcCallIsToldSoInItsOwnWords(Carriage carriage) {
        Destination service = Lab.destination(
                "10.96.3." + List.of(Carriage.values()).indexOf(carriage),
                carriage == Carriage.HTTP ? Lab.HTTP_PORT : Lab.MIXED_PORT,
                carriage,
                new Denied());
        lab.resolver.set(service);

        assertThat(GrpcCall.status(lab.pod, service).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(GrpcCall.status(lab.pod, service).getDescription()).isEqualTo("RBAC: access denied");
    }

    @Test
    void aDeniedConnectionIsClosedAtOnce() {
        Destination service = Lab.destination("10.96.2.9", Lab.TCP_PORT, Carriage.TCP, new Denied());
        lab.resolver.set(service);

        for (int round = 0; round < 3; round++) {
            long start = System.nanoTime();
            try (Client client = lab.dial(service)) {
                assertThat(client.greeting()).isEqualTo("closed");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
        }
    }

    @Test
    void anAddressOfTheRangesThatIsNotOfTheMeshIsReachedAsItIs() {
        int http = lab.world.http("legacy", Lab.HTTP_PORT);
        int tcp = lab.world.greeting("old database");
        Destination requests = Lab.destination(World.NEAR_TOO, http, Carriage.HTTP, new Passthrough());
        Destination bytes = Lab.destination(World.NEAR_TOO, tcp, Carriage.TCP, new Passthrough());
        lab.resolver.set(requests, bytes);

        assertThat(lab.get(requests, "Host: legacy").body()).startsWith("legacy host=legacy leaked=[]");
        try (Client client = lab.dial(bytes)) {
            assertThat(client.greeting()).isEqualTo("old database");
        }
    }

    @Test
    void anUnknownAddressFailsSoonAndWorksOnceItIsKnown() throws Exception {
        Destination service = Lab.to("10.96.1.8", Lab.HTTP_PORT, Carriage.HTTP, orders);
        assertThat(lab.get(service)).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).startsWith("no destination is known at 10.96.1.8:80: ");
            assertThat(answer.took()).isLessThan(AT_ONCE);
        });

        Future<Answer> waiting = lab.pod.start(() -> lab.get(service));
        await().until(() -> lab.sidecar.stat("http.rds-outbound.downstream_rq_active") == 1);
        lab.resolver.set(service);

        assertThat(waiting.get().body()).startsWith("orders");
        assertThat(lab.resolver.asked()).containsOnlyOnce("h|10.96.1.8:80");
    }

    @Test
    void anUnknownAddressClosesAConnectionSoon() {
        try (Client client = Client.dial(lab.pod, "10.96.1.9", Lab.TCP_PORT)) {
            long start = System.nanoTime();
            assertThat(client.greeting()).isEqualTo("closed");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
        }
    }

    @Test
    void whatIsOutsideTheRangesIsClosedAndNotAskedFor() {
        int port = lab.world.greeting("far away");
        try (Client client = Client.dial(lab.pod, World.FAR, port)) {
            assertThat(client.greeting()).isEqualTo("closed");
        }
        assertThat(lab.resolver.asked()).noneMatch(name -> name.contains(World.FAR));
    }
}
