package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static io.osmj.xds.resource.ResourceType.ENDPOINT;
import static io.osmj.xds.serve.Samples.cluster;
import static io.osmj.xds.serve.Samples.endpoints;
import static io.osmj.xds.serve.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sidecar that knows many destinations comes back to a server that knows of none of them that it asks for them. */
final class ReturnTest {
    private static final int LIVE = 2_000;
    private static final String CHANGED = name(1_234);

    /** After a second it is taken away what is not there; nothing is said for longer than that. */
    private static final Duration LONG = Duration.ofSeconds(3);

    private final TestServer server = new TestServer();
    private final AdsClient client = new AdsClient(server);

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static String name(int number) {
        return "t|10.96." + number / 250 + "." + number % 250 + ":90";
    }

    private static List<String> names() {
        return IntStream.range(0, LIVE).mapToObj(ReturnTest::name).toList();
    }

    private static Stream<EnvoyResource> all(Function<String, EnvoyResource> made) {
        return names().stream().map(made);
    }

    /** @param ready whether it is known what the sidecar is to have before it asks for anything */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoComesBackWithTwoThousandIsSentNothingAgainAndLosesNone(boolean ready) {
        names().forEach(name -> server.found.put(name, List.of(cluster(name, 1), endpoints(name, 1))));
        if (ready) {
            server.set(set());
        }
        client.comeBack(
                CLUSTER,
                Stream.concat(Stream.of("*"), names().stream()).toList(),
                all(name -> cluster(name, 1)).toArray(EnvoyResource[]::new));
        client.comeBack(ENDPOINT, names(), all(name -> endpoints(name, 1)).toArray(EnvoyResource[]::new));
        await().until(() -> !server.demands.isEmpty());
        assertThat(server.demands.getFirst().names()).hasSize(LIVE);
        assertThat(client.silent(LONG)).isTrue();

        server.set(set(Stream.concat(
                        all(name -> cluster(name, name.equals(CHANGED) ? 2 : 1)), all(name -> endpoints(name, 1)))
                .toArray(EnvoyResource[]::new)));
        assertNextBrings(CLUSTER);
        assertNextBrings(ENDPOINT);
        assertThat(client.silent(LONG)).isTrue();
        assertThat(server.counts().resources()).isEqualTo(2);
        assertThat(server.counts().removals()).isZero();
    }

    /** The endpoints are sent again, as Envoy waits for them with each cluster. */
    private void assertNextBrings(ResourceType type) {
        DeltaDiscoveryResponse response = client.read();
        assertThat(response.getTypeUrl()).isEqualTo(type.typeUrl());
        assertThat(AdsClient.names(response)).containsExactly(CHANGED);
        client.ack(response);
    }
}
