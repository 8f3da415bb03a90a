package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static io.osmj.xds.resource.ResourceType.ENDPOINT;
import static io.osmj.xds.resource.ResourceType.LISTENER;
import static io.osmj.xds.serve.Samples.cluster;
import static io.osmj.xds.serve.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which names are forgotten when there are too many: none that is needed, and whatever is new is looked up. */
final class ForgottenNamesTest {
    private static final String NEW = "new";
    private static final StreamLimits.Demand FAST = new StreamLimits.Demand(100_000, 100_000, 2);

    private TestServer server = new TestServer();
    private AdsClient client = new AdsClient(server);

    /** Of so many names, a fourth may exist. */
    private void limit(int names) {
        limit(names, new StreamLimits.Demand(100_000, 100_000, names / 4));
    }

    private void limit(int names, StreamLimits.Demand demand) {
        stop();
        StreamLimits limits =
                new StreamLimits(Duration.ofSeconds(10), Duration.ofSeconds(1), 3 << 20, names, 9, demand);
        server = new TestServer(new TestAuthority(), 0, ConnectionOptions.DEFAULT, limits);
        client = new AdsClient(server);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    /** A sidecar that has all there is, and asks for more. */
    private void begin(EnvoyResource... resources) {
        server.set(set(resources));
        client.subscribe(CLUSTER);
        assertThat(AdsClient.names(next())).hasSize(resources.length);
    }

    private DeltaDiscoveryResponse next() {
        DeltaDiscoveryResponse response = client.read();
        client.ack(response);
        return response;
    }

    private void askInVain(String prefix, int count) {
        for (String name : names(prefix, count)) {
            client.subscribe(CLUSTER, name);
            assertThat(next().getRemovedResourcesList()).containsExactly(name);
        }
    }

    private static String[] names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(number -> prefix + number).toArray(String[]::new);
    }

    private static EnvoyResource[] clusters(String prefix, int count, int version) {
        return Stream.of(names(prefix, count))
                .map(name -> cluster(name, version))
                .toArray(EnvoyResource[]::new);
    }

    private void exists(String... names) {
        Stream.of(names).forEach(name -> server.found.put(name, List.of(cluster(name, 1))));
    }

    /** Asks for these and reads until the new one is there, which it is never said not to be. */
    private void assertFound(String... asked) {
        exists(NEW);
        client.subscribe(CLUSTER, asked);
        readUntil(NEW);
    }

    private void readUntil(String name) {
        DeltaDiscoveryResponse response = next();
        while (!AdsClient.names(response).contains(name)) {
            assertThat(response.getRemovedResourcesList()).doesNotContain(name);
            response = next();
        }
    }

    @Test
    void manyThatCameToBeDoNotKeepOthersFromMakingRoom() {
        limit(40);
        begin();
        askInVain("born", 20);
        server.set(set(clusters("born", 20, 1)));
        assertThat(AdsClient.names(next())).hasSize(20);
        askInVain("dead", 20);
        assertFound(NEW);
        assertThat(server.forgotten).containsExactly("dead0");
    }

    @Test
    void whatCameToBeAndIsGoneAgainMakesRoom() {
        limit(8);
        begin();
        askInVain("born", 8);
        server.set(set(clusters("born", 8, 1)));
        assertThat(AdsClient.names(next())).hasSize(8);
        client.subscribe(CLUSTER, "one-too-many");
        assertThat(next().getRemovedResourcesList()).containsExactly("one-too-many");
        server.set(set());
        assertThat(next().getRemovedResourcesList()).hasSize(8);
        assertFound(NEW);
    }

    @Test
    void whatIsAskedForAgainDoesNotMakeRoomForWhatIsAskedForWithIt() {
        limit(8);
        begin();
        askInVain("dead", 8);
        assertFound("dead0", NEW);
        assertThat(server.forgotten).containsExactly("dead1");
    }

    @Test
    void aNameOfAnotherTypeMakesNoRoom() {
        limit(8);
        begin(clusters("there", 3, 1));
        client.subscribe(LISTENER, "dead");
        assertThat(next().getRemovedResourcesList()).containsExactly("dead");
        client.subscribe(CLUSTER, names("there", 3));
        assertThat(AdsClient.names(next())).hasSize(3);
        askInVain("dead", 5);
        assertFound(NEW);
    }

    @Test
    void whatWasGivenUpMakesNoRoom() {
        limit(8);
        begin(clusters("there", 3, 1));
        askInVain("given-up", 3);
        client.unsubscribe(CLUSTER, names("given-up", 3));
        assertThat(next().getRemovedResourcesList()).hasSize(3);
        client.subscribe(CLUSTER, names("there", 3));
        assertThat(AdsClient.names(next())).hasSize(3);
        askInVain("dead", 5);
        assertFound(NEW);
    }

    /** And the rest is looked up in time, though more is dialled than the rate allows. */
    @Test
    void whatWaitsAndIsThereMakesNoRoom() {
        limit(8, new StreamLimits.Demand(1, 2, 2));
        begin();
        askInVain("old", 7);
        server.set(set(cluster("old1", 1)));
        assertThat(AdsClient.names(next())).containsExactly("old1");
        askInVain("young", 7);
        await().untilAsserted(() -> assertThat(server.demands.stream()
                        .flatMap(demand -> demand.names().stream())
                        .filter(name -> name.startsWith("young")))
                .hasSize(7));
    }

    @Test
    void whatAClientListsBeyondWhatMayExistIsLookedUpWhenThereIsRoom() {
        limit(8);
        exists("a", "b", "c");
        server.set(set());
        client.comeBack(CLUSTER, List.of("*", "a", "b", "c"), cluster("a", 1), cluster("b", 1));
        assertThat(next().getRemovedResourcesList()).containsExactly("c");
        server.set(set(cluster("b", 1)));
        readUntil("c");
    }

    /** They came to be after they were asked for. It would not ask again for one that is taken away, and its callers would wait. */
    @Test
    void whoHasMoreThanMayExistLosesNoneWhenItComesBackButWhatIsGone() {
        String[] names = names("there", 6_000);
        exists(names);
        server.found.remove("there17");
        server.set(set());
        client.comeBack(
                CLUSTER, Stream.concat(Stream.of("*"), Stream.of(names)).toList(), clusters("there", names.length, 1));
        assertThat(next().getRemovedResourcesList()).containsExactly("there17");
        assertThat(client.silent(Duration.ofSeconds(2))).isTrue();
        server.set(set(clusters("there", names.length, 2)));
        readAll(names.length);
    }

    @Test
    void whatLeftWhenThereWasNoRoomIsLookedUpWhenThereIs() {
        limit(8);
        begin(cluster("a", 1));
        exists("b", "c");
        client.subscribe(CLUSTER, "a", "b", "c");
        Set<String> found = new HashSet<>();
        while (found.size() < 3) {
            found.addAll(AdsClient.names(next()));
        }
        server.set(set(cluster("b", 1), cluster("c", 1)));
        assertThat(next().getRemovedResourcesList()).containsExactly("a");
        exists("a");
        server.set(set(cluster("c", 1)));
        readUntil("a");
    }

    /** As many as may exist, with the limits of sidecars. */
    @Test
    void whatIsThereAndIsGivenUpMakesRoom() {
        String[] names = names("there", 5_000);
        exists(names);
        server.set(set());
        client.subscribe(
                CLUSTER, Stream.concat(Stream.of("*"), Stream.of(names)).toArray(String[]::new));
        readAll(names.length);
        client.unsubscribe(CLUSTER, names);
        await().untilAsserted(() -> assertThat(server.released).hasSize(names.length));
        assertFound(NEW);
    }

    /** Each is given up before it is answered, when it may be there as well. */
    @Test
    void whatIsGivenUpBeforeItIsAnsweredMakesRoom() {
        limit(40);
        begin();
        String[] names = names("there", 100);
        exists(names);
        for (String name : names) {
            client.subscribe(CLUSTER, name);
            client.unsubscribe(CLUSTER, name);
        }
        await().untilAsserted(() -> assertThat(server.released).hasSizeGreaterThan(90));
        assertFound(NEW);
    }

    /** Asked for in vain, it takes no room of what exists until then. */
    @Test
    void whatCameToBeAndIsGivenUpMakesRoom() {
        limit(8);
        begin();
        askInVain("born", 8);
        exists(names("born", 8));
        server.set(set(clusters("born", 8, 1)));
        assertThat(AdsClient.names(next())).hasSize(8);
        client.unsubscribe(CLUSTER, names("born", 8));
        assertFound(NEW);
    }

    @Test
    void whatIsGivenUpInVainAndComesToBeMakesRoom() {
        limit(8);
        begin();
        askInVain("born", 8);
        client.unsubscribe(CLUSTER, names("born", 8));
        assertThat(next().getRemovedResourcesList()).hasSize(8);
        exists(names("born", 8));
        server.set(set(clusters("born", 8, 1)));
        assertThat(AdsClient.names(next())).hasSize(8);
        assertFound(NEW);
    }

    @Test
    void whatIsGivenUpAndAskedForAgainIsKept() {
        limit(80);
        begin();
        String[] names = names("there", 20);
        exists(names);
        client.subscribe(CLUSTER, names);
        readAll(names.length);
        client.unsubscribe(CLUSTER, "there0", "there1");
        assertThat(AdsClient.names(next())).containsExactly("there0", "there1");
        client.subscribe(CLUSTER, "there0");
        assertThat(AdsClient.names(next())).containsExactly("there0");
        assertThat(server.released).isEmpty();
        client.unsubscribe(CLUSTER, "there2", "there3");
        Set<String> gone = new HashSet<>();
        while (gone.size() < 3) {
            gone.addAll(next().getRemovedResourcesList());
        }
        assertThat(gone).isEqualTo(Set.of("there1", "there2", "there3")).hasSameElementsAs(server.released);
    }

    private void readAll(int count) {
        Set<String> found = new HashSet<>();
        while (found.size() < count) {
            found.addAll(AdsClient.names(next()));
        }
    }

    /** It is looked up only because the client brings it before it is known what the client is to have. */
    @Test
    void whatIsSentToAllTakesNoPlaceOfWhatIsAskedForByName() {
        limit(8);
        server.answering = false;
        client.comeBack(CLUSTER, List.of("*"), clusters("there", 4, 1));
        await().until(() -> server.demands.size() == 1);
        ResourceSet all = set(clusters("there", 4, 1));
        server.set(all);
        server.each(Samples.BOOKSTORE, watcher -> watcher.changed(all, 1));
        server.answering = true;
        assertFound(NEW);
    }

    @Test
    void whatIsThereIsNotMissingHoweverManyAreListed() {
        limit(4, FAST);
        server.set(set(clusters("there", 6, 1)));
        client.subscribe(
                CLUSTER,
                Stream.concat(Stream.of("*"), Stream.of(names("there", 6))).toArray(String[]::new));
        DeltaDiscoveryResponse response = next();
        assertThat(AdsClient.names(response)).containsExactly(names("there", 6));
        assertThat(response.getRemovedResourcesList()).isEmpty();
    }

    @Test
    void whatIsThereIsNotTakenAwayWhenItIsAskedForBeyondTheLimits() {
        limit(4, FAST);
        begin(clusters("there", 6, 1));
        client.subscribe(CLUSTER, names("there", 4));
        assertThat(AdsClient.names(next())).hasSize(4);
        client.subscribe(CLUSTER, "there5");
        assertThat(AdsClient.names(next())).containsExactly("there5");
    }

    /** Asked for before it is known what there is, so that it is answered after it was forgotten. */
    @Test
    void whatIsForgottenIsNotSentOnceAndThenLeftOld() {
        limit(8);
        server.answering = false;
        client.subscribe(CLUSTER, names("name", 8));
        client.subscribe(CLUSTER, "name8");
        await().until(() -> server.counts().requests() == 2);
        server.set(set(clusters("name", 9, 1)));
        DeltaDiscoveryResponse response = next();
        assertThat(response.getResourcesCount() + response.getRemovedResourcesCount())
                .isEqualTo(9);
        server.set(set(clusters("name", 9, 2)));
        assertThat(AdsClient.names(next())).hasSameElementsAs(AdsClient.names(response));
    }

    /** Of the names a stream has given up, the source remembers those it was asked for. */
    @Test
    void whatIsGivenUpCountsByItsLength() {
        limit(20_000);
        server.set(set());
        String[] names = names("a".repeat(290), 10_000);
        client.subscribe(CLUSTER, names);
        for (int told = 0; told < names.length; ) {
            told += next().getRemovedResourcesCount();
        }
        client.unsubscribe(CLUSTER, names);
        client.subscribe(CLUSTER, names("b".repeat(290), 10_000));
        assertThat(client.end().getDescription()).contains("4000000 characters");
    }

    /** The server may not know yet that a connection is dead when the proxy comes back on another. */
    @Test
    void whoHasFourThousandLiveNamesAndManyDeadOnesMayHaveTwoStreams() {
        String[] dead = names("h|10.244.0.0:", 16_000);
        String[] live = names("t|10.96.0.0:", 4_000);
        EnvoyResource[] clusters = clusters("t|10.96.0.0:", 4_000, 1);
        EnvoyResource[] endpoints =
                Stream.of(live).map(name -> Samples.endpoints(name, 1)).toArray(EnvoyResource[]::new);
        server.set(set(Stream.concat(Stream.of(clusters), Stream.of(endpoints)).toArray(EnvoyResource[]::new)));
        try (AdsClient another = new AdsClient(server)) {
            for (AdsClient stream : List.of(client, another)) {
                stream.comeBack(
                        CLUSTER,
                        Stream.of(Stream.of("*"), Stream.of(dead), Stream.of(live))
                                .flatMap(names -> names)
                                .toList(),
                        clusters);
                stream.comeBack(ENDPOINT, List.of(live), endpoints);
            }
            exists(NEW);
            for (AdsClient stream : List.of(client, another)) {
                stream.subscribe(CLUSTER, NEW);
                DeltaDiscoveryResponse response = stream.read();
                while (!AdsClient.names(response).contains(NEW)) {
                    stream.ack(response);
                    response = stream.read();
                }
            }
        }
    }
}
