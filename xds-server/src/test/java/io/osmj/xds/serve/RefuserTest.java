package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static io.osmj.xds.resource.ResourceType.ENDPOINT;
import static io.osmj.xds.resource.ResourceType.LISTENER;
import static io.osmj.xds.resource.ResourceType.ROUTE;
import static io.osmj.xds.resource.ResourceType.SECRET;
import static io.osmj.xds.resource.ResourceType.VIRTUAL_HOST;
import static io.osmj.xds.serve.Samples.cluster;
import static io.osmj.xds.serve.Samples.endpoints;
import static io.osmj.xds.serve.Samples.listener;
import static io.osmj.xds.serve.Samples.route;
import static io.osmj.xds.serve.Samples.secret;
import static io.osmj.xds.serve.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A client that refuses whatever it is sent, and does what it can to be sent more. */
final class RefuserTest {
    private static final int MOST = 10;
    private static final int MOST_STREAMS = 31;

    private final TestServer server = new TestServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void allTypesTogetherAreAnsweredTenTimesAMinute() {
        List<EnvoyResource> resources = new ArrayList<>();
        for (int number = 0; number < 64; number++) {
            resources.add(cluster("c" + number, 1));
        }
        resources.addAll(List.of(endpoints("c0", 1), listener("l", 1, "r"), route("r", "c0")));
        server.set(ResourceSet.of(resources));
        try (AdsClient client = new AdsClient(server)) {
            client.subscribe(CLUSTER);
            for (int refusal = 1; refusal < MOST; refusal++) {
                client.nack(client.read(), "no");
            }
            client.subscribe(ENDPOINT, "c0");
            client.subscribe(LISTENER);
            client.subscribe(ROUTE, "r");
            client.subscribe(SECRET, "none");
            client.subscribe(VIRTUAL_HOST, "none");
            client.nack(client.read(), "no");
            assertThat(client.silent(Duration.ofSeconds(1))).isTrue();
            assertThat(server.counts().responses()).isEqualTo(MOST);
        }
    }

    @Test
    void whatItAcceptsGoesOn() {
        List<EnvoyResource> resources = new ArrayList<>();
        for (int number = 0; number < 64; number++) {
            resources.add(cluster("c" + number, 1));
        }
        resources.addAll(List.of(endpoints("c0", 1), listener("l", 1, "r"), route("r", "c0")));
        server.set(ResourceSet.of(resources));
        try (AdsClient client = new AdsClient(server)) {
            client.subscribe(CLUSTER);
            for (int refusal = 1; refusal < MOST; refusal++) {
                client.nack(client.read(), "no");
            }
            client.subscribe(ENDPOINT, "c0");
            client.subscribe(LISTENER);
            client.subscribe(ROUTE, "r");
            List<String> types = new ArrayList<>();
            for (int answer = 0; answer < 3; answer++) {
                DeltaDiscoveryResponse response = client.read();
                types.add(response.getTypeUrl());
                client.ack(response);
            }
            assertThat(types).containsExactlyInAnyOrder(ENDPOINT.typeUrl(), LISTENER.typeUrl(), ROUTE.typeUrl());
        }
    }

    /** Each is dialled for the first time, as its sidecar asks for one after the other. */
    @Test
    void tenBadDestinationsHoldUpNoneThatIsGood() {
        server.set(set(cluster("known", 1)));
        try (AdsClient client = new AdsClient(server)) {
            client.subscribe(LISTENER);
            client.subscribe(CLUSTER);
            client.ack(client.read());
            client.ack(client.read());
            for (int bad = 0; bad < MOST; bad++) {
                dial(client, "bad" + bad);
                client.nack(client.read(), "no");
                client.ack(client.read());
            }
            await().until(() -> server.counts().nacks() == MOST);
            dial(client, "good");
            assertThat(AdsClient.names(client.read())).containsExactly("good");
            assertThat(client.read().getTypeUrl()).isEqualTo(ENDPOINT.typeUrl());
        } finally {
            server.found.clear();
        }
    }

    private void dial(AdsClient client, String name) {
        server.found.put(name, List.of(cluster(name, 1), endpoints(name, 1)));
        client.subscribe(CLUSTER, name);
    }

    @Test
    void whoComesBackIsNotSentTheSameBytesAgain() {
        server.set(set(cluster("bad", 1), cluster("good", 1)));
        List<String> names = new ArrayList<>();
        for (int stream = 0; stream < 20; stream++) {
            try (AdsClient client = new AdsClient(server)) {
                client.subscribe(CLUSTER);
                boolean open = stream == 0;
                DeltaDiscoveryResponse response = client.read();
                if (open) {
                    client.nack(response, "no: bad");
                    client.ack(client.read());
                    response = client.read();
                }
                names.addAll(AdsClient.names(response));
                answer(client, response);
            }
        }
        assertThat(names)
                .startsWith("bad", "good")
                .hasSize(20)
                .filteredOn("bad"::equals)
                .hasSize(1);
    }

    private void answer(AdsClient client, DeltaDiscoveryResponse response) {
        long before = server.counts().requests();
        if (AdsClient.names(response).contains("bad")) {
            client.nack(response, "no: bad");
        } else {
            client.ack(response);
        }
        await().until(() -> server.counts().requests() > before);
    }

    @Test
    void whoComesBackAndRefusesAllIsAnsweredTenTimesAMinute() {
        for (int stream = 0; stream < 20; stream++) {
            server.set(set(cluster("bad", stream + 1)));
            try (AdsClient client = new AdsClient(server)) {
                client.subscribe(CLUSTER);
                if (stream < MOST) {
                    long before = server.counts().nacks();
                    client.nack(client.read(), "no");
                    await().until(() -> server.counts().nacks() > before);
                } else {
                    assertThat(client.silent(Duration.ofMillis(20))).isTrue();
                }
            }
            await().until(() -> server.counts().streams() == 0);
        }
        assertThat(server.counts().responses()).isEqualTo(MOST);
    }

    /** Each asks for everything before any has answered. */
    @Test
    void whoOpensManyStreamsAtOnceAndRefusesAllIsAnsweredTenTimesAMinute() {
        server.set(all());
        List<AdsClient> clients = open();
        try {
            await().during(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(server.counts().responses()).isEqualTo(MOST));
            for (int answer = 0; answer < TYPES.size(); answer++) {
                clients.forEach(client ->
                        client.next(Duration.ofMillis(20)).ifPresent(response -> client.nack(response, "no")));
            }
            await().until(() -> server.counts().nacks() == MOST);
            await().during(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(server.counts().responses()).isEqualTo(MOST));
        } finally {
            clients.forEach(AdsClient::close);
        }
    }

    /** As a gRPC client without a sidecar does, with a stream for each service. */
    @Test
    void whoOpensManyStreamsAtOnceAndAcceptsWhatItIsSentIsServedOnAll() {
        server.set(all());
        List<AdsClient> clients = open();
        try {
            for (AdsClient client : clients) {
                Thread.ofVirtual().start(() -> {
                    for (int type = 0; type < TYPES.size(); type++) {
                        client.ack(client.read());
                    }
                });
            }
            await().until(() -> server.counts().requests() == 2L * clients.size() * TYPES.size());
            assertThat(server.counts().resources())
                    .as("none twice, as endpoints that go ahead of their cluster")
                    .isEqualTo((long) clients.size() * (TYPES.size() - 1));
        } finally {
            clients.forEach(AdsClient::close);
        }
    }

    /** It is not told to the server, which finds out later, that some are dead. */
    @Test
    void whatOthersOfItsStreamsDoNotAnswerHoldsAStreamUpUntilTheyEnd() {
        server.set(all());
        List<AdsClient> clients = open();
        try (AdsClient another = new AdsClient(server)) {
            await().until(() -> server.counts().responses() == MOST);
            another.subscribe(CLUSTER);
            assertThat(another.silent(Duration.ofMillis(500))).isTrue();
            clients.forEach(AdsClient::close);
            assertThat(AdsClient.names(another.read())).containsExactly("c0");
        }
    }

    private static final List<ResourceType> TYPES = List.of(CLUSTER, ENDPOINT, LISTENER, ROUTE, SECRET, VIRTUAL_HOST);

    private static ResourceSet all() {
        return set(cluster("c0", 1), endpoints("c0", 1), listener("l", 1, "r"), route("r", "c0"), secret("s", "", ""));
    }

    private List<AdsClient> open() {
        List<AdsClient> clients = new ArrayList<>();
        for (int stream = 0; stream < MOST_STREAMS; stream++) {
            AdsClient client = new AdsClient(server);
            clients.add(client);
            client.subscribe(CLUSTER);
            client.subscribe(ENDPOINT, "c0");
            client.subscribe(LISTENER);
            client.subscribe(ROUTE, "r");
            client.subscribe(SECRET, "s");
            client.subscribe(VIRTUAL_HOST, "none");
        }
        return clients;
    }

    @Test
    void aRefusalOfWhatIsNotOpenIsNoWordInTheLog() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Dialogue.class);
        logger.addAppender(lines);
        server.set(set());
        try (AdsClient client = new AdsClient(server)) {
            client.subscribe(CLUSTER);
            DeltaDiscoveryResponse response = client.read();
            for (int refusal = 0; refusal < 1_000; refusal++) {
                client.nack(response, "no");
            }
            await().until(() -> server.counts().requests() == 1_001);
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list).hasSize(1);
        assertThat(server.counts().nacks()).isOne();
    }

    @Test
    void aProxyHasFiveLinesAMinuteInTheLog() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Dialogue.class);
        logger.addAppender(lines);
        try (AdsClient client = new AdsClient(server)) {
            server.set(set(cluster("bad", 1)));
            client.subscribe(CLUSTER);
            for (int state = 2; state < 10; state++) {
                client.nack(client.read(), "no");
                server.set(set(cluster("bad", state)));
            }
            await().until(() -> server.counts().nacks() == 8);
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list).hasSize(5);
    }
}
