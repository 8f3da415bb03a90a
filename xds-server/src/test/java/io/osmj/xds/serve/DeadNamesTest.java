package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static io.osmj.xds.serve.Samples.cluster;
import static io.osmj.xds.serve.Samples.endpoints;
import static io.osmj.xds.serve.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.osmj.xds.resource.EnvoyResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that has been there for long asks for what is gone long since. It must not cost what it dials now. */
final class DeadNamesTest {
    private static final String LIVE = "h|10.96.0.1:80";
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    /**
     * In its turn, behind 1,800 others of which 50 a second may be asked for, it would be answered after 36 s. It is not at once,
     * because the client has the answers to read that were on their way, one after the other.
     */
    private static final Duration SOON = Duration.ofSeconds(8);

    /** The last of these are more than may be asked for at once. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 5_200, 12_000})
    void aLiveNameIsAnsweredAtOnceHoweverManyAreDead(int dead) {
        try (TestServer server = new TestServer();
                AdsClient client = new AdsClient(server)) {
            server.set(set());
            server.found.put(LIVE, List.of(cluster(LIVE, 1), endpoints(LIVE, 1)));
            client.subscribe(CLUSTER, Stream.concat(Stream.of("*"), gone(dead)).toArray(String[]::new));
            await().until(() -> !server.demands.isEmpty());
            var _ = assertFound(client, AT_ONCE);
        }
    }

    /** More than are remembered, and more than a pod may ask for altogether. */
    @ParameterizedTest
    @ValueSource(ints = {20_000, 30_000, 60_000})
    void aLiveNameIsAnsweredThoughMoreAreDeadThanAreRemembered(int dead) {
        try (TestServer server = new TestServer();
                AdsClient client = new AdsClient(server)) {
            server.set(set());
            server.found.put(LIVE, List.of(cluster(LIVE, 1), endpoints(LIVE, 1)));
            client.subscribe(CLUSTER, Stream.concat(Stream.of("*"), gone(dead)).toArray(String[]::new));
            await().until(() -> !server.demands.isEmpty());
            var _ = assertFound(client, SOON);
        }
    }

    @Test
    void whatAClientHasGoesBeforeWhatItOnlyLists() {
        EnvoyResource[] held = live().map(name -> cluster(name, 1)).toArray(EnvoyResource[]::new);
        try (TestServer server = new TestServer();
                AdsClient client = new AdsClient(server)) {
            server.set(set());
            live().forEach(name -> server.found.put(name, List.of(cluster(name, 1), endpoints(name, 1))));
            client.comeBack(CLUSTER, Stream.concat(gone(60_000), live()).toList(), held);
            await().until(() -> !server.demands.isEmpty());
            assertThat(server.demands.getFirst().names()).containsAll(live().toList());
            server.found.put(LIVE, List.of(cluster(LIVE, 1), endpoints(LIVE, 1)));
            assertThat(assertFound(client, SOON)).doesNotContainAnyElementsOf(live().toList());
        }
    }

    private static Stream<String> live() {
        return IntStream.range(1, 100).mapToObj(number -> "t|10.96.1." + number + ":90");
    }

    /** The source, too, remembers no more than so many, and who is dialled again after that is answered. */
    @Test
    void whatWasAskedLongestAgoMakesRoomForWhatIsNew() {
        int most = 200;
        StreamLimits limits = new StreamLimits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                3 << 20,
                most,
                9,
                new StreamLimits.Demand(100_000, 100_000, most / 4));
        try (TestServer server = new TestServer(new TestAuthority(), 0, ConnectionOptions.DEFAULT, limits);
                AdsClient client = new AdsClient(server)) {
            server.set(set());
            client.subscribe(CLUSTER);
            client.ack(client.read());
            List<String> names = gone(1_000).toList();
            for (String name : names) {
                client.subscribe(CLUSTER, name);
                assertThat(client.read().getRemovedResourcesList()).containsExactly(name);
            }
            assertThat(server.demands).hasSize(names.size());
            assertThat(server.forgotten).containsExactlyElementsOf(names.subList(0, names.size() - most));

            String first = names.getFirst();
            server.found.put(first, List.of(cluster(first, 1), endpoints(first, 1)));
            client.subscribe(CLUSTER, first);
            assertThat(AdsClient.names(client.read())).containsExactly(first);
        }
    }

    /** And if they are asked for in this stream, much faster than they may be. */
    @Test
    void aLiveNameIsAnsweredSoonAfterAScan() throws InterruptedException {
        try (TestServer server = new TestServer();
                AdsClient client = new AdsClient(server)) {
            server.set(set());
            server.found.put(LIVE, List.of(cluster(LIVE, 1), endpoints(LIVE, 1)));
            client.subscribe(CLUSTER);
            gone(2_000).forEach(name -> client.subscribe(CLUSTER, name));
            await().until(() -> server.counts().requests() == 2_001);
            Thread.sleep(Duration.ofSeconds(1));
            var _ = assertFound(client, SOON);
        }
    }

    private static Stream<String> gone(int count) {
        return IntStream.range(0, count).mapToObj(number -> "h|10.244." + number / 250 + "." + number % 250 + ":8080");
    }

    /** Gives the names that the client was told to be gone before it was told of the live one. */
    private static List<String> assertFound(AdsClient client, Duration within) {
        List<String> removed = new ArrayList<>();
        long start = System.nanoTime();
        client.subscribe(CLUSTER, LIVE);
        DeltaDiscoveryResponse response = client.read();
        while (!AdsClient.names(response).contains(LIVE)) {
            assertThat(response.getRemovedResourcesList()).doesNotContain(LIVE);
            removed.addAll(response.getRemovedResourcesList());
            client.ack(response);
            response = client.read();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(within);
        return removed;
    }
}
