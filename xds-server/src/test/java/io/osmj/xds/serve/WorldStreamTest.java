package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static io.osmj.xds.resource.ResourceType.ENDPOINT;
import static io.osmj.xds.resource.ResourceType.LISTENER;
import static io.osmj.xds.resource.ResourceType.ROUTE;
import static io.osmj.xds.serve.RepeatingClient.PROBE;
import static io.osmj.xds.serve.RepeatingClient.brief;
import static io.osmj.xds.serve.Samples.BOOKSTORE;
import static io.osmj.xds.serve.Samples.cluster;
import static io.osmj.xds.serve.Samples.endpoints;
import static io.osmj.xds.serve.Samples.listener;
import static io.osmj.xds.serve.Samples.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** State-of-the-world streams over a real socket. */
final class WorldStreamTest {
    private final TestServer server = new TestServer();
    private RepeatingClient client;

    @BeforeEach
    void connect() {
        client = new RepeatingClient(server);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void set(EnvoyResource... resources) {
        List<EnvoyResource> all = new ArrayList<>(List.of(resources));
        all.add(PROBE);
        server.set(ResourceSet.of(all));
    }

    private static EnvoyResource any(ResourceType type, String name, int number) {
        return switch (type) {
            case CLUSTER -> cluster(name, number);
            case LISTENER -> listener(name, number, "r");
            case ROUTE -> route(name, "to-" + number);
            default -> endpoints(name, number);
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"CLUSTER", "LISTENER"})
    void allOfATypeIsRepeatedWithEveryChange(ResourceType type) {
        set(any(type, "a", 1), any(type, "b", 1));
        client.subscribe(type);
        assertThat(brief(client.take())).isEqualTo(type + " a b");
        assertThat(client.hasHeardAll()).isTrue();
        set(any(type, "a", 2), any(type, "b", 1));
        assertThat(brief(client.take())).isEqualTo(type + " a b");
        set(any(type, "a", 2), any(type, "b", 1), any(type, "c", 1));
        assertThat(brief(client.take())).isEqualTo(type + " a b c");
        set(any(type, "a", 2), any(type, "c", 1));
        assertThat(brief(client.take())).isEqualTo(type + " a c");
        assertThat(client.hasHeardAll()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLUSTER", "LISTENER", "ROUTE", "ENDPOINT"})
    void onlyWhatIsAskedForIsSentAndAgainWhenItChanges(ResourceType type) {
        set(any(type, "a", 1), any(type, "b", 1), any(type, "c", 1));
        client.subscribe(type, "a", "b");
        assertThat(brief(client.take())).isEqualTo(type + " a b");
        set(any(type, "a", 1), any(type, "b", 2), any(type, "c", 2));
        assertThat(brief(client.take())).isEqualTo(type.wildcard() ? type + " a b" : type + " b");
        assertThat(client.hasHeardAll()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLUSTER", "LISTENER", "ROUTE", "ENDPOINT"})
    void aNameIsRememberedUntilItExists(ResourceType type) {
        set(any(type, "a", 1));
        client.subscribe(type, "a", "late");
        assertThat(brief(client.take())).isEqualTo(type + " a");
        set(any(type, "a", 1), any(type, "late", 1));
        assertThat(brief(client.take())).isEqualTo(type.wildcard() ? type + " a late" : type + " late");
        assertThat(client.hasHeardAll()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLUSTER", "LISTENER", "ROUTE", "ENDPOINT"})
    void namesAddedLaterAreSentAndNamesLeftOutAreNot(ResourceType type) {
        set(any(type, "a", 1), any(type, "b", 1), any(type, "c", 1));
        client.subscribe(type, "a");
        assertThat(brief(client.take())).isEqualTo(type + " a");
        client.subscribe(type, "a", "b");
        assertThat(brief(client.take())).isEqualTo(type.wildcard() ? type + " a b" : type + " b");
        client.subscribe(type, "b");
        assertThat(client.hasHeardAll()).isTrue();
        set(any(type, "a", 2), any(type, "b", 2));
        assertThat(brief(client.take())).isEqualTo(type + " b");
        assertThat(client.hasHeardAll()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatGivesUpAllNamesHearsNothing(boolean byAnEmptyName) {
        for (ResourceType type : List.of(CLUSTER, LISTENER, ROUTE, ENDPOINT)) {
            set(any(type, "a", 1));
            client.subscribe(type, "a");
            assertThat(brief(client.take())).isEqualTo(type + " a");
            client.subscribe(type, byAnEmptyName ? new String[] {""} : new String[0]);
            assertThat(client.hasHeardAll()).isTrue();
            set(any(type, "a", 2), any(type, "b", 2));
            assertThat(client.hasHeardAll()).isTrue();
        }
    }

    @Test
    void aFirstRequestForAnEmptyNameAsksForNothing() {
        set(cluster("a", 1));
        client.subscribe(CLUSTER, "");
        assertThat(client.hasHeardAll()).isTrue();
        client.subscribe(CLUSTER, "a");
        assertThat(brief(client.take())).isEqualTo("CLUSTER a");
    }

    @Test
    void theExplicitWildcardCanBeGivenUp() {
        set(cluster("a", 1), cluster("b", 1));
        client.subscribe(CLUSTER, "*");
        assertThat(brief(client.take())).isEqualTo("CLUSTER a b");
        client.subscribe(CLUSTER, "b");
        assertThat(brief(client.take())).isEqualTo("CLUSTER b");
        set(cluster("a", 2), cluster("b", 1));
        assertThat(client.hasHeardAll()).isTrue();
    }

    @Test
    void typesShareTheStream() {
        set(cluster("a", 1), endpoints("a", 1), listener("l", 1, "r"), route("r", "a"));
        client.subscribe(LISTENER, "l");
        assertThat(brief(client.take())).isEqualTo("LISTENER l");
        client.subscribe(ROUTE, "r");
        assertThat(brief(client.take())).isEqualTo("ROUTE r");
        client.subscribe(CLUSTER, "a");
        assertThat(brief(client.take())).isEqualTo("CLUSTER a");
        client.subscribe(ENDPOINT, "a");
        assertThat(brief(client.take())).isEqualTo("ENDPOINT a");
        set(cluster("a", 1), endpoints("a", 2), listener("l", 1, "r"), route("r", "a"));
        assertThat(brief(client.take())).isEqualTo("ENDPOINT a");
        assertThat(client.hasHeardAll()).isTrue();
    }

    @Test
    void aRenamedClusterIsMadeBeforeTheOldOneIsBroken() {
        set(cluster("old", 1), endpoints("old", 1), route("r", "old"));
        client.subscribe(CLUSTER);
        client.take();
        client.subscribe(ENDPOINT, "old");
        client.take();
        client.subscribe(ROUTE, "r");
        client.take();
        set(cluster("new", 1), endpoints("new", 1), route("r", "new"));
        DiscoveryResponse both = client.next();
        assertThat(brief(both)).isEqualTo("CLUSTER new old");
        client.subscribe(ENDPOINT, "old", "new");
        assertThat(brief(client.take())).isEqualTo("ENDPOINT new");
        client.ack(both);
        assertThat(brief(client.take())).isEqualTo("ROUTE r");
        assertThat(brief(client.take())).isEqualTo("CLUSTER new");
    }

    @Test
    void endpointsAreSentAgainAfterTheirClusterHasChanged() {
        set(cluster("a", 1), endpoints("a", 1));
        client.subscribe(CLUSTER);
        client.take();
        client.subscribe(ENDPOINT, "a");
        client.take();
        set(cluster("a", 2), endpoints("a", 1));
        assertThat(brief(client.take())).isEqualTo("CLUSTER a");
        assertThat(brief(client.take())).isEqualTo("ENDPOINT a");
    }

    @Test
    void onlyTheErrorDetailMakesARefusal() {
        set(cluster("a", 1));
        client.subscribe(CLUSTER);
        DiscoveryResponse first = client.next();
        client.send(client.request(CLUSTER, first).setVersionInfo("whatever").build());
        assertThat(client.hasHeardAll()).isTrue();
        assertThat(server.counts().nacks()).isZero();

        set(cluster("a", 2));
        client.nack(client.next(), "whatever", "no");
        assertThat(client.hasHeardAll()).isTrue();
        assertThat(server.nacks).containsExactly(new Nack(BOOKSTORE, CLUSTER, List.of("a"), "no"));
        set(cluster("a", 3));
        assertThat(brief(client.take())).isEqualTo("CLUSTER a");
        assertThat(client.hasHeardAll()).isTrue();
        assertThat(server.settled).containsExactly("CLUSTER a");
    }

    @Test
    void whatIsRefusedIsRepeatedInTheVersionThatWasAccepted() {
        set(cluster("bad", 1), cluster("good", 1));
        client.subscribe(CLUSTER);
        client.take();
        set(cluster("bad", 2), cluster("good", 1));
        client.nack(client.next(), "", "no");
        set(cluster("bad", 2), cluster("good", 2));
        DiscoveryResponse response = client.take();
        assertThat(response.getResourcesList())
                .extracting(resource -> resource.getValue())
                .containsExactly(cluster("bad", 1).body(), cluster("good", 2).body());
        assertThat(client.hasHeardAll()).isTrue();
    }

    @Test
    void oneBadResourceIsFoundAmongMany() {
        set(cluster("a", 1), cluster("b", 1), cluster("c", 1), cluster("d", 1));
        client.subscribe(CLUSTER);
        List<String> taken = new ArrayList<>();
        while (!taken.contains("CLUSTER a b d")) {
            DiscoveryResponse next = client.next();
            if (brief(next).contains(" c")) {
                client.nack(next, "", "a rule is broken");
            } else {
                client.ack(next);
                taken.add(brief(next));
            }
        }
        assertThat(client.hasHeardAll()).isTrue();
        assertThat(server.nacks.getLast().names()).containsExactly("c");
        assertThat(server.nacks.size()).isLessThan(5);
    }

    @Test
    void anOutdatedNonceChangesNothing() {
        set(endpoints("a", 1), endpoints("b", 1));
        client.subscribe(ENDPOINT, "a");
        DiscoveryResponse first = client.take();
        set(endpoints("a", 2), endpoints("b", 1));
        client.take();
        client.send(client.request(ENDPOINT, first).addResourceNames("b").build());
        client.send(client.request(ENDPOINT, first)
                .setErrorDetail(com.google.rpc.Status.newBuilder().setMessage("too late"))
                .build());
        assertThat(client.hasHeardAll()).isTrue();
        assertThat(server.nacks).isEmpty();
    }

    @Test
    void aNonceOfAnotherServerIsAnsweredInFull() {
        set(cluster("a", 1), cluster("b", 1));
        DiscoveryResponse foreign = DiscoveryResponse.newBuilder()
                .setNonce("7")
                .setVersionInfo(version(cluster("a", 1), cluster("b", 1)))
                .build();
        client.send(client.request(CLUSTER, foreign).build());
        assertThat(brief(client.take())).isEqualTo("CLUSTER a b");
        assertThat(client.hasHeardAll()).isTrue();
    }

    private static String version(EnvoyResource... resources) {
        return EnvoyResource.version(List.of(resources));
    }

    @Test
    void theVersionIsThatOfTheWholeSetOnEveryReplica() {
        set(cluster("a", 1), cluster("b", 1), endpoints("a", 1), endpoints("b", 1));
        client.subscribe(CLUSTER);
        assertThat(client.take().getVersionInfo()).isEqualTo(version(cluster("a", 1), cluster("b", 1)));
        client.subscribe(ENDPOINT, "b", "a");
        client.take();
        set(cluster("a", 1), cluster("b", 1), endpoints("a", 2), endpoints("b", 1));
        String version = client.take().getVersionInfo();
        try (TestServer replica = new TestServer();
                RepeatingClient other = new RepeatingClient(replica)) {
            replica.set(Samples.set(endpoints("b", 1), endpoints("a", 2)));
            other.subscribe(ENDPOINT, "a", "b");
            assertThat(other.take().getVersionInfo()).isEqualTo(version);
        }
    }

    @Test
    void theFirstWholeSetWaitsForWhatTheClientAskedFor() {
        server.answering = false;
        set(cluster("a", 1));
        client.subscribe(CLUSTER, "*", "on-demand");
        assertThat(client.hasHeardAll()).isTrue();
        assertThat(server.demands).extracting(Demand::names).containsExactly(new TreeSet<>(List.of("on-demand")));
        server.each(
                BOOKSTORE, watcher -> watcher.changed(Samples.set(cluster("a", 1), cluster("on-demand", 1), PROBE), 1));
        assertThat(brief(client.take())).isEqualTo("CLUSTER a on-demand");
        client.subscribe(CLUSTER, "*", "on-demand", "other");
        assertThat(client.hasHeardAll()).isTrue();
        server.each(
                BOOKSTORE, watcher -> watcher.changed(Samples.set(cluster("a", 1), cluster("on-demand", 1), PROBE), 2));
        assertThat(brief(client.take())).isEqualTo("CLUSTER a on-demand");
    }

    @Test
    void nothingIsSaidOfATypeOrBeforeTheSetIsKnown() {
        client.send(DiscoveryRequest.newBuilder()
                .setTypeUrl("type.googleapis.com/envoy.service.runtime.v3.Runtime")
                .build());
        client.subscribe(CLUSTER);
        await().until(() -> server.counts().requests() == 2);
        assertThat(server.counts().responses()).isZero();
        server.each(BOOKSTORE, watcher -> watcher.notReady("not synced yet"));
        assertThat(client.end().getCode()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE);
    }
}
