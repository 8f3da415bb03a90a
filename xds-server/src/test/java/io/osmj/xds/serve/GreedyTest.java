package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static io.osmj.xds.resource.ResourceType.ENDPOINT;
import static io.osmj.xds.resource.ResourceType.ROUTE;
import static io.osmj.xds.resource.ResourceType.SECRET;
import static io.osmj.xds.serve.Samples.cluster;
import static io.osmj.xds.serve.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.grpc.Status;
import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pod that asks for as much as it may, on as many streams as it may. */
final class GreedyTest {
    private static final ProxyIdentity OTHER =
            new ProxyIdentity(new ServiceAccount("shop", "other"), "other-1", "uid-2");

    private final TestServer server = new TestServer();
    private final List<AdsClient> clients = new ArrayList<>();

    @BeforeEach
    void start() {
        server.set(set(cluster("a", 1)));
        server.verdicts.put("other", new Authenticator.Accepted(OTHER));
        server.set(OTHER, set(cluster("a", 1)));
    }

    @AfterEach
    void stop() {
        clients.forEach(AdsClient::close);
        server.close();
    }

    private AdsClient open(String... authorizations) {
        AdsClient client = authorizations.length == 0 ? new AdsClient(server) : new AdsClient(server, authorizations);
        clients.add(client);
        return client;
    }

    private static String[] names(int count, int length) {
        return IntStream.range(0, count)
                .mapToObj(number ->
                        ("n" + number + ".").concat("x".repeat(length)).substring(0, length))
                .toArray(String[]::new);
    }

    @Test
    void allStreamsOfAPodTogetherRememberSoManyNames() {
        for (int stream = 0; stream < 2; stream++) {
            AdsClient client = open();
            client.subscribe(ENDPOINT, names(20_000, 20));
            assertThat(client.read().getRemovedResourcesCount()).isEqualTo(20_000);
        }
        AdsClient third = open();
        third.subscribe(ENDPOINT, names(20_000, 20));
        assertThat(third.end()).satisfies(status -> {
            assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(status.getDescription()).contains("50000 names");
        });
        AdsClient other = open("Bearer other");
        other.subscribe(CLUSTER);
        assertThat(AdsClient.names(other.read())).containsExactly("a");
    }

    @Test
    void allNamesOfAPodTogetherHaveSoManyCharacters() {
        AdsClient client = open();
        for (ResourceType type : List.of(ENDPOINT, ROUTE)) {
            client.subscribe(type, names(6_000, 300));
            assertThat(client.read().getRemovedResourcesCount()).isEqualTo(6_000);
        }
        client.subscribe(SECRET, names(6_000, 300));
        assertThat(client.end().getDescription()).contains("4000000 characters");
        AdsClient again = open();
        again.subscribe(CLUSTER);
        assertThat(AdsClient.names(again.read())).containsExactly("a");
    }

    @Test
    void aNameThatNothingHasIsMissingAndNotRemembered() {
        AdsClient client = open();
        String name = "x".repeat(301);
        client.subscribe(ENDPOINT, name);
        assertThat(client.read().getRemovedResourcesList()).containsExactly(name);
    }

    @Test
    void theIdOfANodeHasSoManyCharacters() {
        AdsClient client = open();
        client.send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(CLUSTER.typeUrl())
                .setNode(Node.newBuilder().setId("x".repeat(1_001)))
                .build());
        assertThat(client.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    /** A list that says nothing new is read all the same. */
    @Test
    void whoRepeatsALongListIsHeardLater() {
        try (RepeatingClient client = new RepeatingClient(server)) {
            assertIsHeardLater(() -> client.subscribe(ENDPOINT, names(5_000, 20)));
        }
    }

    @Test
    void whoAsksForManyOfATypeThatThereIsNotIsHeardLater() {
        AdsClient client = open();
        DeltaDiscoveryRequest request = DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl("type.googleapis.com/envoy.service.runtime.v3.Runtime")
                .setResponseNonce("1")
                .addAllResourceNamesUnsubscribe(List.of(names(5_000, 20)))
                .build();
        assertIsHeardLater(() -> client.send(request));
    }

    /** It costs the client next to nothing: it can be compressed to a thousandth. */
    @Test
    void whoSendsManyBytesIsHeardLater() {
        AdsClient client = open();
        DeltaDiscoveryRequest request = DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(CLUSTER.typeUrl())
                .setErrorDetail(com.google.rpc.Status.newBuilder().setMessage("x".repeat(500_000)))
                .build();
        assertIsHeardLater(() -> client.send(request));
    }

    /** Twenty such requests are heard at once, and four a second from then on; a slow machine hears them later still. */
    private void assertIsHeardLater(Runnable request) {
        long start = System.nanoTime();
        for (int number = 0; number < 40; number++) {
            request.run();
        }
        await().until(() -> server.counts().requests() >= 28);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1_500));
    }

    /** Each stream asks for all of its names again and again, at most as often as it is answered. */
    @Test
    void whoAsksAgainAndAgainIsHeardLaterAndSlowsNobody() {
        String[] names = names(3_000, 10);
        for (int stream = 0; stream < 16; stream++) {
            AdsClient client = open();
            // It ends by an error when the test is over, which is nobody's concern.
            Thread.ofVirtual().uncaughtExceptionHandler((_, _) -> {}).start(() -> {
                while (true) {
                    client.subscribe(ENDPOINT, names);
                    client.ack(client.read());
                }
            });
        }
        AdsClient other = open("Bearer other");
        other.subscribe(ENDPOINT, "warm");
        other.read();
        List<Duration> waits = new ArrayList<>();
        for (int question = 0; question < 100; question++) {
            long start = System.nanoTime();
            other.subscribe(ENDPOINT, "q" + question);
            other.read();
            waits.add(Duration.ofNanos(System.nanoTime() - start));
        }
        waits.sort(null);
        assertThat(waits.get(50)).isLessThan(Duration.ofMillis(50));
        assertThat(server.counts().requests()).isLessThan(400);
    }
}
