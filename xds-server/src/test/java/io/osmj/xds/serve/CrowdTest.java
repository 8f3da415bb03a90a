package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static io.osmj.xds.resource.ResourceType.ENDPOINT;
import static io.osmj.xds.serve.Samples.cluster;
import static io.osmj.xds.serve.Samples.endpoints;
import static io.osmj.xds.serve.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many clients on one server, of which one does not read, one refuses everything, or all come back at once. */
final class CrowdTest {
    private static final int CLIENTS = 100;

    private final TestServer server = new TestServer();
    private final List<AdsClient> clients = new ArrayList<>();

    @AfterEach
    void stop() {
        clients.forEach(AdsClient::close);
        server.close();
    }

    private static ProxyIdentity proxy(int number) {
        return new ProxyIdentity(Samples.BOOKSTORE.account(), "bookstore-" + number, "uid-" + number);
    }

    private void connect(ResourceSet set) {
        for (int number = 0; number < CLIENTS; number++) {
            server.verdicts.put("token-" + number, new Authenticator.Accepted(proxy(number)));
            server.set(proxy(number), set);
            clients.add(new AdsClient(server, "Bearer token-" + number));
        }
    }

    private void setAll(ResourceSet set) {
        for (int number = 0; number < CLIENTS; number++) {
            server.set(proxy(number), set);
        }
    }

    private static ResourceSet large(int state) {
        List<EnvoyResource> resources = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            resources.add(cluster("a-cluster-with-quite-a-long-name-" + number, state));
        }
        return ResourceSet.of(resources);
    }

    @Test
    void oneClientThatDoesNotReadSlowsNobody() {
        connect(large(1));
        try (AdsClient stalled = clients.removeFirst()) {
            stalled.subscribe(CLUSTER);
            for (AdsClient client : clients) {
                client.subscribe(CLUSTER);
                client.ack(client.read());
            }
            for (int state = 2; state < 5; state++) {
                setAll(large(state));
                String version =
                        cluster("a-cluster-with-quite-a-long-name-0", state).version();
                for (AdsClient client : clients) {
                    DeltaDiscoveryResponse response = client.read();
                    assertThat(response.getResources(0).getVersion()).isEqualTo(version);
                    client.ack(response);
                }
            }
            assertThat(stalled.hasResponses()).isFalse();
            assertThat(stalled.end).isNotDone();
        }
    }

    @Test
    void clientsThatComeBackWithAllTheyHaveAreSentNothing() {
        EnvoyResource cluster = cluster("a", 1);
        EnvoyResource endpoints = endpoints("a", 1);
        connect(set(cluster, endpoints));
        for (AdsClient client : clients) {
            client.comeBack(CLUSTER, List.of(), cluster);
            client.comeBack(ENDPOINT, List.of("a"), endpoints);
        }
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(server.counts().requests()).isEqualTo(2 * CLIENTS));
        assertThat(server.counts().responses()).isZero();
        // The first word to each of them is of a change; so there was none before it.
        setAll(set(cluster("a", 2), endpoints));
        for (AdsClient client : clients) {
            assertThat(client.read().getResources(0).getVersion())
                    .isEqualTo(cluster("a", 2).version());
        }
    }

    @Test
    void aClientThatRefusesEverythingIsAnsweredTenTimesAMinuteAndTheRestOfItGoesOn() {
        server.set(set(cluster("bad", 1)));
        AdsClient client = new AdsClient(server);
        clients.add(client);
        client.subscribe(CLUSTER);
        client.subscribe(ENDPOINT, "a");
        int refused = 0;
        for (int state = 1; state <= 50; state++) {
            // The endpoints come with every state, the cluster only as long as there is patience.
            server.set(set(cluster("bad", state), endpoints("a", state)));
            for (boolean seen = false; !seen; ) {
                DeltaDiscoveryResponse response = client.read();
                if (response.getTypeUrl().equals(CLUSTER.typeUrl())) {
                    refused++;
                    client.nack(response, "no");
                } else {
                    client.ack(response);
                    seen = holds(response, endpoints("a", state));
                }
            }
        }
        assertThat(refused).isBetween(1, 10);
        assertThat(server.nacks).isNotEmpty().allMatch(Nack::isolated);
    }

    private static boolean holds(DeltaDiscoveryResponse response, EnvoyResource resource) {
        return response.getResourcesList().stream()
                .anyMatch(one -> one.getVersion().equals(resource.version()));
    }
}
