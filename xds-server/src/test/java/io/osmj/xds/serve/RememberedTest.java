package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static io.osmj.xds.resource.ResourceType.ENDPOINT;
import static io.osmj.xds.serve.Samples.endpoints;
import static io.osmj.xds.serve.Samples.set;
import static io.osmj.xds.serve.StreamDriver.brief;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is remembered of a client that writes whatever it may, and whether it is counted. */
final class RememberedTest {
    private static final StreamLimits LIMITS = StreamLimits.DEFAULT;

    private final Conduct conduct = new Conduct(LIMITS);
    private final NackListener nobody = new NackListener() {
        @Override
        public void refused(Nack nack) {}

        @Override
        public void settled(ProxyIdentity proxy, ResourceType type, String name) {}
    };

    private StreamState open() {
        return new StreamState(Samples.BOOKSTORE, Protocol.DELTA, LIMITS, nobody, conduct, () -> {});
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(number -> "n" + number).toList();
    }

    private static void send(
            StreamState stream, ResourceType type, List<String> more, List<String> less, Map<String, String> held) {
        var _ = stream.request(new DeltaRequest(type, more, less, held, "", Optional.empty()), 0);
    }

    @Test
    void whatTheSourceWasAskedIsCountedThoughItIsGivenUp() {
        List<StreamState> streams = new ArrayList<>();
        List<String> names = names(5_000);
        for (int number = 0; number < 11; number++) {
            assertThat(conduct.excess()).isEmpty();
            StreamState stream = open();
            streams.add(stream);
            send(stream, CLUSTER, names, List.of(), Map.of());
            assertThat(stream.demands(0)).isNotEmpty();
            stream.resources(ResourceSet.empty(), 1);
            send(stream, CLUSTER, List.of(), names, Map.of());
        }
        assertThat(conduct.excess()).isPresent();
        streams.forEach(StreamState::end);
        assertThat(conduct.excess()).isEmpty();
    }

    @Test
    void whatAClientBringsIsCountedByItsLength() {
        StreamState stream = open();
        send(stream, CLUSTER, List.of(), List.of(), Map.of("x".repeat(4_000_001), "1"));
        assertThat(conduct.excess()).isPresent();
        stream.end();
        assertThat(conduct.excess()).isEmpty();
    }

    @Test
    void whatIsAskedBeyondTheLimitsIsCountedUntilItIsAnswered() {
        StreamState stream = open();
        List<String> names = names(50_001);
        send(stream, ENDPOINT, names, List.of(), Map.of());
        assertThat(conduct.excess()).isPresent();
        stream.resources(ResourceSet.empty(), 0);
        assertThat(stream.next(0)).isPresent();
        send(stream, ENDPOINT, List.of(), List.of(), Map.of());
        assertThat(conduct.excess()).isEmpty();
        send(stream, ENDPOINT, List.of("x".repeat(4_000_001)), List.of(), Map.of());
        assertThat(conduct.excess()).isPresent();
    }

    @Test
    void aLongVersionThatAClientBringsIsNotKept() {
        StreamState stream = open();
        WeakReference<String> version = claim(stream, CLUSTER, "a", "1".repeat(1_000_000));
        assertForgotten(version);
        stream.resources(set(Samples.cluster("a", 1)), 1);
        assertThat(stream.next(0).orElseThrow().resources()).hasSize(1);
    }

    @Test
    void whatAClientBringsWithoutAskingForItIsNotKept() {
        StreamState stream = open();
        assertForgotten(claim(stream, ENDPOINT, "x".repeat(1_000), "1".repeat(1_000_000)));
        send(stream, ENDPOINT, List.of("a"), List.of(), Map.of());
        stream.resources(set(endpoints("a", 1)), 0);
        assertThat(stream.next(0)).isPresent();
    }

    private static WeakReference<String> claim(StreamState stream, ResourceType type, String name, String version) {
        send(stream, type, List.of(), List.of(), Map.of(name, version));
        return new WeakReference<>(version);
    }

    @Test
    void aLongNameOfAListIsNotKept() {
        World world = new World(ENDPOINT);
        WeakReference<String> name = list(world, "x".repeat(1_000_000));
        assertForgotten(name);
        assertThat(world.read(new WorldRequest(ENDPOINT, List.of("b"), "", Optional.empty()))
                        .unsubscribe())
                .hasSize(2);
    }

    private static WeakReference<String> list(World world, String name) {
        assertThat(world.read(new WorldRequest(ENDPOINT, List.of("a", name), "", Optional.empty()))
                        .subscribe())
                .hasSize(2)
                .allMatch(asked -> asked.length() <= 300);
        return new WeakReference<>(name);
    }

    private static void assertForgotten(WeakReference<String> text) {
        await().until(() -> {
            System.gc();
            return text.get() == null;
        });
    }

    @Test
    void aNameThatFitsAfterAllIsNotToldToBeMissingToo() {
        StreamDriver client = new StreamDriver(new StreamLimits(
                Duration.ofSeconds(1), Duration.ofSeconds(1), 1 << 20, 1, 9, StreamLimits.Demand.DEFAULT));
        client.subscribe(ENDPOINT, "a", "b");
        client.unsubscribe(ENDPOINT, "a");
        client.subscribe(ENDPOINT, "b");
        client.set(endpoints("b", 1));
        assertThat(brief(client.drain())).containsExactly("ENDPOINT b");
    }
}
