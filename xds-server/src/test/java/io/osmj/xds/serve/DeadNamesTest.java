package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static io.osmj.xds.serve.Samples.cluster;
import static io.osmj.xds.serve.Samples.endpoints;
import static io.osmj.xds.serve.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import java.time.Duration;
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
            assertFound(client, AT_ONCE);
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
            assertFound(client, SOON);
        }
    }

    private static Stream<String> gone(int count) {
        return IntStream.range(0, count).mapToObj(number -> "h|10.244." + number / 250 + "." + number % 250 + ":8080");
    }

    private static void assertFound(AdsClient client, Duration within) {
        long start = System.nanoTime();
        client.subscribe(CLUSTER, LIVE);
        DeltaDiscoveryResponse response = client.read();
        while (!AdsClient.names(response).contains(LIVE)) {
            assertThat(response.getRemovedResourcesList()).doesNotContain(LIVE);
            client.ack(response);
            response = client.read();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(within);
    }
}
