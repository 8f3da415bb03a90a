package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static io.osmj.xds.resource.ResourceType.ENDPOINT;
import static io.osmj.xds.resource.ResourceType.LISTENER;
import static io.osmj.xds.serve.Samples.BOOKSTORE;
import static io.osmj.xds.serve.Samples.cluster;
import static io.osmj.xds.serve.Samples.endpoints;
import static io.osmj.xds.serve.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.Status;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams over a real socket. */
final class ServerTest {
    private final TestServer server = new TestServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aClientIsAnsweredAndToldOfChanges() {
        server.set(set(cluster("a", 1), endpoints("a", 1)));
        try (AdsClient client = new AdsClient(server)) {
            client.subscribe(CLUSTER);
            DeltaDiscoveryResponse clusters = client.read();
            assertThat(clusters.getResources(0)).satisfies(resource -> {
                assertThat(resource.getVersion()).isEqualTo(cluster("a", 1).version());
                assertThat(resource.getResource().getValue())
                        .isEqualTo(cluster("a", 1).body());
            });
            client.ack(clusters);
            client.subscribe(ENDPOINT, "a", "b");
            assertThat(client.read()).satisfies(response -> {
                assertThat(AdsClient.names(response)).containsExactly("a");
                assertThat(response.getRemovedResourcesList()).containsExactly("b");
            });
            server.set(set(cluster("a", 2), endpoints("a", 1)));
            assertThat(client.read().getTypeUrl()).isEqualTo(CLUSTER.typeUrl());
            assertThat(client.read().getTypeUrl()).isEqualTo(ENDPOINT.typeUrl());
        }
        await().until(() -> server.watched() == 0 && server.counts().streams() == 0);
    }

    @Test
    void theSourceCanEndTheStream() {
        try (AdsClient client = new AdsClient(server);
                AdsClient early = new AdsClient(server)) {
            server.set(set());
            early.subscribe(LISTENER);
            early.read();
            await().until(() -> server.watched() == 2);
            server.each(BOOKSTORE, watcher -> watcher.gone("the pod is gone"));
            assertThat(client.end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(early.end().getDescription()).isEqualTo("the pod is gone");
        }
    }

    @Test
    void aServerThatKnowsNothingYetSaysSo() {
        StreamLimits limits = new StreamLimits(
                Duration.ofMillis(200), Duration.ofSeconds(5), 1 << 20, 100, 9, StreamLimits.Demand.DEFAULT);
        try (TestServer empty = new TestServer(new TestAuthority(), 0, ConnectionOptions.DEFAULT, limits);
                AdsClient client = new AdsClient(empty);
                AdsClient other = new AdsClient(server)) {
            client.subscribe(CLUSTER);
            assertThat(client.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(client.hasResponses()).isFalse();

            await().until(() -> server.watched() == 1);
            server.each(BOOKSTORE, watcher -> watcher.notReady("not synced yet"));
            assertThat(other.end().getDescription()).isEqualTo("not synced yet");
        }
    }

    @Test
    void theNodeMayBeLeftOutButNotChanged() {
        server.set(set());
        try (AdsClient client = new AdsClient(server)) {
            client.subscribe(CLUSTER);
            client.ack(client.read());
            client.send(DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl(CLUSTER.typeUrl())
                    .setNode(Node.newBuilder().setId("another"))
                    .build());
            assertThat(client.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
    }

    @Test
    void unknownTypesHaveNoResources() {
        server.set(set());
        try (AdsClient client = new AdsClient(server)) {
            client.send(DeltaDiscoveryRequest.getDefaultInstance());
            DeltaDiscoveryRequest runtime = DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl("type.googleapis.com/envoy.service.runtime.v3.Runtime")
                    .addResourceNamesSubscribe("rtds")
                    .build();
            client.send(runtime);
            DeltaDiscoveryResponse response = client.read();
            assertThat(response.getTypeUrl()).isEqualTo(runtime.getTypeUrl());
            assertThat(response.getRemovedResourcesList()).containsExactly("rtds");
            client.ack(response);
            client.subscribe(CLUSTER);
            assertThat(client.read().getTypeUrl()).isEqualTo(CLUSTER.typeUrl());
            client.send(DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl("x".repeat(1 << 20))
                    .build());
            assertThat(client.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
    }

    @Test
    void aGiantRequestEndsItsOwnStreamOnly() {
        server.set(set());
        try (AdsClient giant = new AdsClient(server);
                AdsClient other = new AdsClient(server)) {
            giant.subscribe(ENDPOINT, "x".repeat(ConnectionOptions.DEFAULT.maxRequestBytes() + 1));
            assertThat(giant.end().getCode()).isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED);
            other.subscribe(ENDPOINT, "x".repeat(1 << 20));
            assertThat(other.read().getRemovedResourcesCount()).isOne();
        }
    }

    @Test
    void aClientThatAsksAndDoesNotReadIsNotHeard() {
        server.set(set());
        try (AdsClient client = new AdsClient(server)) {
            for (int asked = 0; asked < 3_000; asked++) {
                client.subscribe(ENDPOINT, "x".repeat(1_000) + asked);
            }
            await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(20)).until(steady());
            assertThat(server.counts().responses()).isLessThan(2_000);
            assertThat(server.counts().requests()).isLessThan(2_000);
            List<String> missing = new ArrayList<>();
            while (missing.size() < 3_000) {
                missing.addAll(client.read().getRemovedResourcesList());
            }
            assertThat(missing).doesNotHaveDuplicates();
        }
    }

    @Test
    void oneProxyHasSoManyStreamsOnly() {
        server.set(set());
        List<AdsClient> clients = new ArrayList<>();
        for (int number = 0; number < 32; number++) {
            clients.add(new AdsClient(server));
        }
        await().until(() -> server.counts().streams() == 32);
        try (AdsClient tooMany = new AdsClient(server)) {
            assertThat(tooMany.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        }
        clients.forEach(AdsClient::close);
        await().until(() -> server.counts().streams() == 0);
    }

    @Test
    void ofStreamsThatOpenAtTheSameMomentNoMoreAreLetInThanMayBe() {
        int atOnce = 8;
        CyclicBarrier sameMoment = new CyclicBarrier(atOnce);
        server.set(set());
        List<AdsClient> open = new ArrayList<>();
        for (int number = 0; number < 31; number++) {
            open.add(new AdsClient(server));
        }
        await().until(() -> server.counts().streams() == 31);
        server.judging = () -> meet(sameMoment);
        for (int round = 0; round < 30; round++) {
            List<AdsClient> more =
                    Stream.generate(() -> new AdsClient(server)).limit(atOnce).toList();
            await().untilAsserted(() -> assertThat(more)
                    .filteredOn(client -> client.end.isDone())
                    .hasSize(atOnce - 1)
                    .allMatch(client -> client.end().getCode() == Status.Code.RESOURCE_EXHAUSTED));
            more.forEach(AdsClient::close);
            await().until(() -> server.counts().streams() == 31);
        }
        open.forEach(AdsClient::close);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (BrokenBarrierException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRefusalReachesTheListener() {
        server.set(set(cluster("bad", 1)));
        try (AdsClient client = new AdsClient(server)) {
            client.subscribe(CLUSTER);
            client.nack(client.read(), "first line\nsecond line");
            await().until(() -> !server.nacks.isEmpty());
            assertThat(server.nacks)
                    .containsExactly(new Nack(BOOKSTORE, CLUSTER, List.of("bad"), "first line second line"));
            assertThat(server.counts().nacks()).isOne();
        }
        await().untilAsserted(() -> assertThat(server.settled).containsExactly("CLUSTER bad"));
    }

    /** As of many first contacts at once, each answered by itself. */
    @ParameterizedTest
    @ValueSource(ints = {16, 17, 40})
    void aRefusalCountsHoweverManyAnswersStand(int answers) {
        server.set(set());
        try (AdsClient client = new AdsClient(server)) {
            client.subscribe(CLUSTER);
            client.ack(client.read());
            List<DeltaDiscoveryResponse> responses = new ArrayList<>();
            for (int number = 0; number < answers; number++) {
                server.found.put("d" + number, List.of(cluster("d" + number, 1)));
                client.subscribe(CLUSTER, "d" + number);
                responses.add(client.read());
            }
            assertThat(AdsClient.names(responses.getFirst())).containsExactly("d0");
            client.nack(responses.getFirst(), "no");
            await().until(() -> !server.nacks.isEmpty());
            assertThat(server.nacks).containsExactly(new Nack(BOOKSTORE, CLUSTER, List.of("d0"), "no"));
            responses.stream().skip(1).forEach(client::ack);
            assertThat(client.silent(Duration.ofMillis(300))).isTrue();
            server.found.clear();
        }
    }

    @Test
    void aClientThatDoesNotReadGetsTheLatestOnlyAndSlowsNobody() {
        // Acknowledgements are not waited for here, so that only the full socket holds the server back.
        StreamLimits limits = new StreamLimits(
                Duration.ofSeconds(10), Duration.ofMillis(1), 3 << 20, 20_000, 9, StreamLimits.Demand.DEFAULT);
        int states = 60;
        try (TestServer busy = new TestServer(new TestAuthority(), 0, ConnectionOptions.DEFAULT, limits);
                AdsClient stalled = new AdsClient(busy);
                AdsClient other = new AdsClient(busy)) {
            busy.set(large(0));
            stalled.subscribe(CLUSTER);
            other.subscribe(CLUSTER);
            other.ack(other.read());
            for (int state = 1; state < states; state++) {
                busy.set(large(state));
                DeltaDiscoveryResponse response = other.read();
                assertThat(response.getResources(0).getVersion()).isEqualTo(version(state));
                other.ack(response);
            }
            long sentToStalled = busy.counts().responses() - states;
            assertThat(sentToStalled).isLessThan(states / 2);

            String last = "";
            for (int read = 0; read <= sentToStalled && !last.equals(version(states - 1)); read++) {
                last = stalled.read().getResources(0).getVersion();
            }
            assertThat(last).isEqualTo(version(states - 1));
        }
    }

    /** Whether no response was sent since the last look. */
    private Callable<Boolean> steady() {
        AtomicLong before = new AtomicLong(-1);
        return () -> {
            long now = server.counts().responses();
            return before.getAndSet(now) == now;
        };
    }

    private static String version(int state) {
        return cluster("a-cluster-with-quite-a-long-name-0", state + 1).version();
    }

    private static List<EnvoyResource> clusters(int state) {
        List<EnvoyResource> clusters = new ArrayList<>();
        for (int number = 0; number < 1_000; number++) {
            clusters.add(cluster("a-cluster-with-quite-a-long-name-" + number, state + 1));
        }
        return clusters;
    }

    private static ResourceSet large(int state) {
        return ResourceSet.of(clusters(state));
    }

    private static ConnectionOptions aging(Duration age) {
        ConnectionOptions usual = ConnectionOptions.DEFAULT;
        return new ConnectionOptions(
                age,
                Duration.ofMillis(500),
                usual.keepAlive(),
                usual.keepAliveTimeout(),
                usual.clientKeepAlive(),
                usual.shutdown(),
                usual.maxStreams(),
                usual.maxRequestBytes());
    }

    /** The stream ends because it was asked to, not because the connection broke. */
    @Test
    void aConnectionThatIsOldIsAskedToGo() {
        ConnectionOptions options = aging(Duration.ofMillis(500));
        try (TestServer young = new TestServer(new TestAuthority(), 0, options, StreamLimits.DEFAULT);
                AdsClient client = new AdsClient(young)) {
            young.set(set());
            client.subscribe(CLUSTER);
            client.read();
            assertThat(client.end()).satisfies(status -> {
                assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                assertThat(status.getDescription()).contains("GOAWAY", "NO_ERROR", "max_age");
            });
        }
    }

    @Test
    void connectionsThatCameTogetherAreNotAskedToGoTogether() throws Exception {
        Duration age = Duration.ofSeconds(2);
        List<RawConnection> connections = new ArrayList<>();
        try (TestServer young = new TestServer(new TestAuthority(), 0, aging(age), StreamLimits.DEFAULT)) {
            for (int number = 0; number < 8; number++) {
                connections.add(new RawConnection(young));
            }
            List<CompletableFuture<RawConnection.GoAway>> heard = connections.stream()
                    .map(connection ->
                            CompletableFuture.supplyAsync(() -> goAway(connection), Thread::startVirtualThread))
                    .toList();
            List<RawConnection.GoAway> words =
                    heard.stream().map(CompletableFuture::join).toList();
            assertThat(words).allSatisfy(word -> {
                assertThat(word.error()).isZero();
                assertThat(word.reason()).isEqualTo("max_age");
                assertThat(word.age())
                        .isBetween(
                                age.multipliedBy(85).dividedBy(100),
                                age.multipliedBy(125).dividedBy(100));
            });
            List<Duration> ages =
                    words.stream().map(RawConnection.GoAway::age).sorted().toList();
            assertThat(ages.getLast().minus(ages.getFirst())).isGreaterThan(Duration.ofMillis(50));
        } finally {
            for (RawConnection connection : connections) {
                connection.close();
            }
        }
    }

    private static RawConnection.GoAway goAway(RawConnection connection) {
        try {
            return connection.goAway();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As while an Envoy restarts hot: each has what it acknowledged. */
    @Test
    void anOldAndAYoungEnvoyOfOnePodAreBothServed() {
        server.set(set(cluster("a", 1)));
        try (AdsClient old = new AdsClient(server);
                AdsClient young = new AdsClient(server)) {
            old.subscribe(CLUSTER);
            young.subscribe(CLUSTER);
            old.nack(old.read(), "no");
            young.ack(young.read());
            server.set(set(cluster("a", 2)));
            assertThat(AdsClient.names(old.read())).containsExactly("a");
            assertThat(AdsClient.names(young.read())).containsExactly("a");
        }
    }

    /** As while a connection is dead and not found out yet, and the proxy has come back by another. */
    @Test
    void whatTwoStreamsOfOnePodRefuseStandsUntilNeitherDoes() {
        server.set(set(cluster("bad", 1)));
        try (AdsClient young = new AdsClient(server)) {
            try (AdsClient old = new AdsClient(server)) {
                for (AdsClient client : List.of(old, young)) {
                    client.subscribe(CLUSTER);
                }
                old.nack(old.read(), "no");
                young.nack(young.read(), "no");
                await().until(() -> server.counts().nacks() == 2);
            }
            await().until(() -> server.counts().streams() == 1);
            assertThat(server.settled).isEmpty();
            server.set(set(cluster("bad", 2)));
            young.ack(young.read());
            await().untilAsserted(() -> assertThat(server.settled).containsExactly("CLUSTER bad"));
        }
    }

    @Test
    void theEndOfTheServerIsOrderly() {
        server.set(set());
        try (AdsClient client = new AdsClient(server)) {
            client.subscribe(CLUSTER);
            client.read();
            long start = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(client.end().getDescription()).contains("shutting down");
        }
    }
}
