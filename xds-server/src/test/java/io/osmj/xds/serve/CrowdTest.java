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
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many clients on one server, of which one does not read, one refuses everything, or all come back at once. */
final class CrowdTest {
    private static final int CLIENTS = 100;
    private static final int STALLED = 8;

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
            clients.add(connect(server, number, set));
        }
    }

    private static AdsClient connect(TestServer to, int number, ResourceSet set) {
        to.verdicts.put("token-" + number, new Authenticator.Accepted(proxy(number)));
        to.set(proxy(number), set);
        return new AdsClient(to, "Bearer token-" + number);
    }

    private static void setAll(TestServer of, int from, int to, ResourceSet set) {
        for (int number = from; number < to; number++) {
            of.set(proxy(number), set);
        }
    }

    /** About 100 KiB. */
    private static ResourceSet large(int state) {
        List<EnvoyResource> resources = new ArrayList<>();
        for (int number = 0; number < 1_000; number++) {
            resources.add(cluster("a-cluster-with-quite-a-long-name-" + number, state));
        }
        return ResourceSet.of(resources);
    }

    /** More of them than the server has threads, so that none of these waits for one. */
    @Test
    void clientsThatDoNotReadSlowNobody() {
        // Acknowledgements are not waited for, so that nothing but full buffers holds the server back.
        StreamLimits hasty = new StreamLimits(
                Duration.ofSeconds(10), Duration.ofMillis(1), 3 << 20, 20_000, 9, StreamLimits.Demand.DEFAULT);
        try (TestServer busy = new TestServer(new TestAuthority(), 0, ConnectionOptions.DEFAULT, hasty)) {
            for (int number = 0; number < CLIENTS; number++) {
                clients.add(connect(busy, number, number < STALLED ? large(1) : set(cluster("a", 1))));
            }
            clients.forEach(client -> client.subscribe(CLUSTER));
            List<AdsClient> readers = clients.subList(STALLED, CLIENTS);
            readers.forEach(client -> client.ack(client.read()));

            int state = untilBuffersAreFull(busy);
            long sent = busy.counts().responses();
            for (int small = 2; small < 5; small++) {
                setAll(busy, 0, STALLED, large(state + small));
                setAll(busy, STALLED, CLIENTS, set(cluster("a", small)));
                for (AdsClient client : readers) {
                    DeltaDiscoveryResponse response = client.read();
                    assertThat(response.getResources(0).getVersion())
                            .isEqualTo(cluster("a", small).version());
                    client.ack(response);
                }
            }
            assertThat(busy.counts().responses() - sent).isEqualTo(3L * readers.size());
            assertThat(clients.subList(0, STALLED)).noneMatch(client -> client.end.isDone());
        }
    }

    /** Changes all that those are to have who do not read, until none of them is sent it. Gives the last state. */
    private static int untilBuffersAreFull(TestServer busy) {
        for (int state = 2; state < 100; state++) {
            long sent = busy.counts().responses();
            setAll(busy, 0, STALLED, large(state));
            try {
                await().atMost(Duration.ofSeconds(1)).until(() -> busy.counts().responses() > sent);
            } catch (ConditionTimeoutException e) {
                return state;
            }
        }
        throw new AssertionError("the server writes whether its clients read or not");
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
        setAll(server, 0, CLIENTS, set(cluster("a", 2), endpoints));
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
