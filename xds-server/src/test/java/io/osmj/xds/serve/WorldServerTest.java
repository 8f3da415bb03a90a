package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static io.osmj.xds.resource.ResourceType.ENDPOINT;
import static io.osmj.xds.serve.Samples.cluster;
import static io.osmj.xds.serve.Samples.endpoints;
import static io.osmj.xds.serve.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** State-of-the-world streams over a real socket. */
final class WorldServerTest {
    private static final Duration A_WHILE = Duration.ofMillis(300);

    private final TestServer server = new TestServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void bothProtocolsAreServedFromOneSet() {
        server.set(set(cluster("a", 1), endpoints("a", 1)));
        try (WorldClient world = new WorldClient(server);
                AdsClient delta = new AdsClient(server)) {
            world.ask(CLUSTER);
            DiscoveryResponse clusters = world.read();
            assertThat(clusters.getResources(0).getTypeUrl()).isEqualTo(CLUSTER.typeUrl());
            assertThat(clusters.getResources(0).getValue())
                    .isEqualTo(cluster("a", 1).body());
            assertThat(clusters.getVersionInfo()).isNotEmpty();
            assertThat(clusters.getNonce()).isNotEmpty();
            world.ack(clusters);
            delta.subscribe(CLUSTER);
            assertThat(AdsClient.names(delta.read())).containsExactly("a");

            world.ask(ENDPOINT, "a", "b");
            DiscoveryResponse endpoints = world.read();
            assertThat(endpoints.getResourcesCount()).isOne();
            world.ack(endpoints);
            server.set(set(cluster("a", 1), endpoints("a", 1), endpoints("b", 1)));
            assertThat(world.read().getResourcesCount()).isOne();
        }
    }

    @Test
    void aClientOfAnotherServerIsAnsweredInFull() {
        server.set(set(cluster("a", 1)));
        try (WorldClient client = new WorldClient(server)) {
            client.comeBack(CLUSTER, "2026-01-01T00:00:00Z/17", "1");
            assertThat(client.read().getResourcesCount()).isOne();
        }
    }

    @Test
    void onlyErrorDetailRefuses() {
        server.set(set(cluster("a", 1)));
        try (WorldClient client = new WorldClient(server)) {
            client.ask(CLUSTER);
            DiscoveryResponse first = client.read();
            // An old version without words is an ACK all the same.
            client.send(client.request(CLUSTER)
                    .setVersionInfo("older")
                    .setResponseNonce(first.getNonce())
                    .build());
            assertThat(client.silent(A_WHILE)).isTrue();
            assertThat(server.counts().nacks()).isZero();
        }
    }

    @Test
    void aRefusalIsNotAnsweredWithTheSameAgain() {
        server.set(set(cluster("a", 1)));
        try (WorldClient client = new WorldClient(server)) {
            client.ask(CLUSTER);
            client.ack(client.read());
            server.set(set(cluster("a", 2)));
            client.nack(client.read(), "no");
            assertThat(client.silent(Duration.ofSeconds(1))).isTrue();
            assertThat(server.nacks)
                    .singleElement()
                    .satisfies(nack -> assertThat(nack.names()).containsExactly("a"));
        }
    }

    @Test
    void aStaleNonceGetsNoAnswer() {
        server.set(set(endpoints("a", 1), endpoints("b", 1)));
        try (WorldClient client = new WorldClient(server)) {
            client.ask(ENDPOINT, "a");
            client.ack(client.read());
            client.send(client.request(ENDPOINT)
                    .addResourceNames("b")
                    .setResponseNonce("stale")
                    .build());
            assertThat(client.silent(A_WHILE)).isTrue();
        }
    }

    @Test
    void typesThatAreUnknownAreLeftUnanswered() {
        server.set(set(cluster("a", 1)));
        try (WorldClient client = new WorldClient(server)) {
            client.send(client.request(CLUSTER)
                    .setTypeUrl("type.googleapis.com/envoy.service.runtime.v3.Runtime")
                    .build());
            client.ask(CLUSTER);
            assertThat(client.read().getTypeUrl()).isEqualTo(CLUSTER.typeUrl());
        }
    }

    @Test
    void aServerThatKnowsNothingYetSaysSo() {
        StreamLimits limits = new StreamLimits(
                Duration.ofMillis(200), Duration.ofSeconds(5), 1 << 20, 100, 9, StreamLimits.Demand.DEFAULT);
        try (TestServer empty = new TestServer(new TestAuthority(), 0, ConnectionOptions.DEFAULT, limits);
                WorldClient client = new WorldClient(empty)) {
            client.ask(CLUSTER);
            assertThat(client.end()).satisfies(status -> {
                assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                assertThat(status.getDescription()).contains("not known yet");
            });
            assertThat(client.hasResponses()).isFalse();
        }
    }
}
