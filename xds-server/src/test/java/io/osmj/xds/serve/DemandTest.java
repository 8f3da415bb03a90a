package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static io.osmj.xds.resource.ResourceType.ENDPOINT;
import static io.osmj.xds.resource.ResourceType.LISTENER;
import static io.osmj.xds.resource.ResourceType.ROUTE;
import static io.osmj.xds.serve.Samples.cluster;
import static io.osmj.xds.serve.Samples.endpoints;
import static io.osmj.xds.serve.Samples.listener;
import static io.osmj.xds.serve.Samples.route;
import static io.osmj.xds.serve.StreamDriver.brief;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.osmj.xds.resource.EnvoyResource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a client asks for by name and is not to have so far: the source is asked, and the client waits for its answer. */
final class DemandTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void theClientWaitsForTheSource() {
        StreamDriver client = StreamDriver.with(cluster("there", 1), endpoints("there", 1));
        client.subscribe(CLUSTER, "there", "new", "none");
        assertThat(client.demands()).containsExactly("1 CLUSTER new none");
        assertThat(client.demands()).isEmpty();
        assertThat(brief(client.settle())).containsExactly("CLUSTER there", "ENDPOINT there");

        client.set(cluster("there", 1), endpoints("there", 1));
        assertThat(client.settle()).isEmpty();
        client.answer(1, cluster("there", 1), endpoints("there", 1), cluster("new", 1), endpoints("new", 1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER new -none", "ENDPOINT new");
    }

    @Test
    void whatTheSourceTellsBeforeItsAnswerIsPassedOn() {
        StreamDriver client = StreamDriver.with();
        client.subscribe(CLUSTER, "a", "b");
        assertThat(client.demands()).containsExactly("1 CLUSTER a b");
        client.set(cluster("a", 1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER a");
        client.set();
        assertThat(client.settle()).isEmpty();
        client.answer(1, cluster("a", 1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER -b");
    }

    @Test
    void everyCallHasItsTicketAndAnAnswerCoversTheOnesBefore() {
        StreamDriver client = StreamDriver.with();
        client.subscribe(CLUSTER, "a");
        client.subscribe(CLUSTER, "b");
        client.subscribe(LISTENER, "l");
        client.subscribe(CLUSTER, "a");
        assertThat(client.demands()).containsExactly("1 CLUSTER a", "2 CLUSTER b", "3 LISTENER l");
        client.answer(2);
        assertThat(brief(client.settle())).containsExactly("CLUSTER -a -b");
        client.answer(3);
        assertThat(brief(client.settle())).containsExactly("LISTENER -l");
        client.subscribe(CLUSTER, "a");
        assertThat(client.demands()).containsExactly("4 CLUSTER a");
    }

    @Test
    void onlyTypesOfWhichOneMayHaveAllAreDemanded() {
        StreamDriver client = StreamDriver.with();
        client.subscribe(ENDPOINT, "a");
        client.subscribe(ROUTE, "r");
        client.subscribe(CLUSTER, "*");
        client.subscribe(LISTENER);
        assertThat(client.demands()).isEmpty();
    }

    @Test
    void nothingElseWaitsMeanwhile() {
        StreamDriver client = StreamDriver.with(cluster("a", 1), endpoints("a", 1), route("r", "a"));
        client.subscribe(CLUSTER, "*", "new");
        client.subscribe(ENDPOINT, "a");
        client.subscribe(ROUTE, "r");
        client.settle();
        client.pass(SECOND);
        client.set(cluster("b", 1), route("r", "b"));
        assertThat(brief(client.settle())).containsExactly("CLUSTER b", "ROUTE r", "ENDPOINT -a", "CLUSTER -a");
    }

    @Test
    void theAnswerWaitsForNoAcknowledgement() {
        StreamDriver client = StreamDriver.with(cluster("a", 1), listener("l", 1, "r"));
        client.subscribe(CLUSTER);
        client.subscribe(LISTENER);
        client.settle();
        client.set(cluster("a", 2), listener("l", 2, "r"));
        assertThat(brief(client.drain())).containsExactly("CLUSTER a");

        client.subscribe(CLUSTER, "new");
        client.answer(1, cluster("a", 3), listener("l", 2, "r"), cluster("new", 1), endpoints("new", 1));
        assertThat(brief(client.drain())).containsExactly("CLUSTER new", "ENDPOINT new");
    }

    @Test
    void whatIsBornLaterWaitsForNoAcknowledgementEither() {
        StreamDriver client = StreamDriver.with(cluster("a", 1));
        client.subscribe(CLUSTER, "*", "late");
        client.answer(1, cluster("a", 1));
        client.settle();
        client.set(cluster("a", 2));
        client.drain();
        client.set(cluster("a", 2), cluster("late", 1), endpoints("late", 1));
        assertThat(brief(client.drain())).containsExactly("CLUSTER late", "ENDPOINT late");
        client.set(cluster("a", 2), cluster("late", 2), endpoints("late", 1));
        assertThat(client.drain()).isEmpty();
    }

    @Test
    void theEndpointsOfAFirstContactAreSentOnce() {
        StreamDriver client = StreamDriver.with();
        client.subscribe(LISTENER);
        client.settle();
        client.subscribe(CLUSTER, "new");
        client.answer(1, cluster("new", 1), endpoints("new", 1));
        List<DeltaAnswer> contact = client.drain();
        assertThat(brief(contact)).containsExactly("CLUSTER new", "ENDPOINT new");
        client.subscribe(ENDPOINT, "new");
        assertThat(client.drain()).isEmpty();
        contact.forEach(client::ack);
        assertThat(client.settle()).isEmpty();

        client.answer(1, cluster("new", 1), endpoints("new", 2));
        assertThat(brief(client.settle())).containsExactly("ENDPOINT new");
        client.answer(1, cluster("new", 2), endpoints("new", 2));
        assertThat(brief(client.settle())).containsExactly("CLUSTER new", "ENDPOINT new");
        client.subscribe(ENDPOINT, "new");
        assertThat(brief(client.settle())).containsExactly("ENDPOINT new");
    }

    @Test
    void endpointsThatChangeBeforeTheyAreAskedForAreSentAgain() {
        StreamDriver client = StreamDriver.with();
        client.subscribe(LISTENER);
        client.settle();
        client.subscribe(CLUSTER, "new");
        client.answer(1, cluster("new", 1), endpoints("new", 1));
        List<DeltaAnswer> contact = client.drain();
        client.answer(1, cluster("new", 1), endpoints("new", 2));
        client.subscribe(ENDPOINT, "new");
        assertThat(client.drain()).isEmpty();
        contact.forEach(client::ack);
        assertThat(brief(client.settle())).containsExactly("ENDPOINT new");
    }

    /** It had not asked when it read them, so it may have forgotten them. */
    @Test
    void whoAsksForEndpointsAfterItHasAnsweredThemIsSentThemAgain() {
        StreamDriver client = StreamDriver.with();
        client.subscribe(LISTENER);
        client.settle();
        client.subscribe(CLUSTER, "new");
        client.answer(1, cluster("new", 1), endpoints("new", 1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER new", "ENDPOINT new");
        client.subscribe(ENDPOINT, "new");
        assertThat(brief(client.settle())).containsExactly("ENDPOINT new");
    }

    /** It asks when it has all clusters, and has not read what came before. */
    @Test
    void whoHasNotAskedForListenersIsSentEndpointsAgain() {
        StreamDriver client = StreamDriver.with();
        client.subscribe(CLUSTER, "*", "new");
        client.answer(1, cluster("new", 1), endpoints("new", 1));
        assertThat(brief(client.drain())).containsExactly("CLUSTER new", "ENDPOINT new");
        client.subscribe(ENDPOINT, "new");
        assertThat(brief(client.drain())).containsExactly("ENDPOINT new");
    }

    @Test
    void aClientThatComesBackKeepsWhatItHasUntilTheSourceHasAnswered() {
        StreamDriver client = StreamDriver.with();
        client.comeBack(CLUSTER, List.of("kept", "gone", "none"), cluster("kept", 1), cluster("gone", 1));
        client.comeBack(ENDPOINT, List.of("kept", "gone"), endpoints("kept", 1), endpoints("gone", 1));
        assertThat(client.demands()).containsExactly("1 CLUSTER gone kept none");
        client.pass(Duration.ofMinutes(5));
        client.set();
        assertThat(client.settle()).isEmpty();

        client.answer(1, cluster("kept", 1), endpoints("kept", 1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER -none", "ENDPOINT -gone", "CLUSTER -gone");
    }

    @Test
    void whatWasSentAheadIsDemandedAndKeptWhenTheClientComesBack() {
        StreamDriver client = StreamDriver.with();
        client.comeBack(CLUSTER, List.of(), cluster("ahead", 1), cluster("gone", 1));
        client.comeBack(ENDPOINT, List.of("ahead"), endpoints("ahead", 1));
        assertThat(client.demands()).containsExactly("1 CLUSTER ahead gone");
        client.subscribe(CLUSTER, "other");
        client.unsubscribe(CLUSTER, "other");
        client.pass(Duration.ofMinutes(5));
        client.set();
        assertThat(brief(client.settle())).containsExactly("CLUSTER -other");

        client.answer(1, cluster("ahead", 1), endpoints("ahead", 1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER -gone");
    }

    @Test
    void onlyTheFirstRequestBringsWhatWasSentAhead() {
        StreamDriver client = StreamDriver.with(cluster("a", 1));
        client.subscribe(CLUSTER);
        client.settle();
        client.pass(SECOND);
        client.set();
        client.comeBack(CLUSTER, List.of(), cluster("a", 1));
        assertThat(client.demands()).isEmpty();
        assertThat(brief(client.settle())).containsExactly("CLUSTER -a");
    }

    @Test
    void namesAreDemandedBeforeTheFirstSetIsKnown() {
        StreamDriver client = new StreamDriver();
        client.comeBack(CLUSTER, List.of("a", "b"), cluster("a", 1));
        assertThat(client.demands()).containsExactly("1 CLUSTER a b");
        client.answer(1, cluster("a", 1), cluster("b", 1), endpoints("b", 1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER b", "ENDPOINT b");
    }

    @Test
    void theSourceIsAskedForWhatItTakesAwayAndTheClientAskedForItself() {
        StreamDriver client = StreamDriver.with(cluster("a", 1), cluster("b", 1));
        client.subscribe(CLUSTER, "*", "a");
        client.settle();
        client.pass(SECOND);
        client.set();
        assertThat(client.demands()).containsExactly("1 CLUSTER a");
        assertThat(brief(client.settle())).containsExactly("CLUSTER -b");
        client.answer(1);
        assertThat(client.demands()).isEmpty();
        assertThat(brief(client.settle())).containsExactly("CLUSTER -a");
    }

    @Test
    void aNameGivenUpIsAnsweredForNoMore() {
        StreamDriver client = StreamDriver.with();
        client.subscribe(CLUSTER, "a", "b");
        client.unsubscribe(CLUSTER, "a");
        client.answer(1);
        assertThat(brief(client.settle())).containsExactly("CLUSTER -b");
    }

    @Test
    void aPortScanIsAnsweredAtOnceAndCostsTheSourceLittle() {
        StreamDriver client = StreamDriver.with();
        String[] names = IntStream.range(0, 10_000)
                .mapToObj(port -> "10.0.0.1:%05d".formatted(port))
                .toArray(String[]::new);
        client.subscribe(CLUSTER);
        client.settle();
        client.subscribe(CLUSTER, names);
        List<Demand> first = client.state.demands(-1_000_000_000L);
        assertThat(first).hasSize(1);
        assertThat(first.getFirst().names()).hasSize(200);
        assertThat(client.settle().getFirst().removed()).hasSize(9_800);

        int asked = 200;
        for (int second = 0; second < 200; second++) {
            client.pass(SECOND);
            int now = client.demands().stream()
                    .mapToInt(demand -> demand.split(" ").length - 2)
                    .sum();
            assertThat(now).isLessThanOrEqualTo(50);
            asked += now;
        }
        assertThat(asked).isEqualTo(5_000);
    }

    @Test
    void whatWasAboveTheRateIsSentWhenItIsFound() {
        StreamLimits limits = new StreamLimits(SECOND, SECOND, 1 << 20, 100, 9, new StreamLimits.Demand(1, 1, 10));
        StreamDriver client = new StreamDriver(limits);
        client.set();
        client.subscribe(CLUSTER);
        client.settle();
        client.subscribe(CLUSTER, "a", "b");
        assertThat(client.demands()).containsExactly("1 CLUSTER a");
        assertThat(brief(client.drain())).containsExactly("CLUSTER -b");
        assertThat(client.state.delay(-1_000_000_000L)).isEqualTo(SECOND.toNanos());
        client.answer(1);
        client.pass(SECOND);
        assertThat(client.demands()).containsExactly("2 CLUSTER b");
        client.answer(2, cluster("b", 1), endpoints("b", 1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER b -a", "ENDPOINT b");
    }

    /** The source knows of them, so they are not looked up again; they do not exist, so they take up no room of what does. */
    @Test
    void whatIsGivenUpBeforeItIsMissingAndAskedForAgainTakesUpNoRoom() {
        StreamLimits limits = new StreamLimits(SECOND, SECOND, 1 << 20, 100, 9, new StreamLimits.Demand(1, 1, 10));
        StreamDriver client = new StreamDriver(limits);
        client.set();
        client.subscribe(CLUSTER);
        client.settle();
        for (int ticket = 1; ticket <= 10; ticket++) {
            client.pass(SECOND);
            client.subscribe(CLUSTER, "none" + ticket);
            assertThat(client.demands()).containsExactly(ticket + " CLUSTER none" + ticket);
            client.unsubscribe(CLUSTER, "none" + ticket);
            client.settle();
            client.answer(ticket);
            client.subscribe(CLUSTER, "none" + ticket);
            client.settle();
        }
        client.pass(SECOND);
        client.subscribe(CLUSTER, "new");
        assertThat(client.demands()).containsExactly("11 CLUSTER new");
    }

    @Test
    void whatIsBroughtIsFreeOfTheRateAndOfTheNumberAndWhatIsListedOfTheRateOnly() {
        StreamLimits limits = new StreamLimits(SECOND, SECOND, 1 << 20, 100, 9, new StreamLimits.Demand(1, 1, 3));
        StreamDriver client = new StreamDriver(limits);
        client.set();
        client.comeBack(
                CLUSTER,
                List.of("a", "b", "c", "d", "x"),
                cluster("a", 1),
                cluster("b", 1),
                cluster("c", 1),
                cluster("d", 1));
        assertThat(client.demands()).containsExactly("1 CLUSTER a b c d");
        client.pass(SECOND);
        assertThat(brief(client.settle())).containsExactly("CLUSTER -x");
        client.answer(1, cluster("a", 1), cluster("b", 1), cluster("d", 1), cluster("y", 1));
        client.pass(SECOND);
        assertThat(client.demands()).as("three are there").isEmpty();
        assertThat(brief(client.settle())).containsExactly("CLUSTER -c");
        client.answer(1, cluster("a", 1), cluster("b", 1));
        client.pass(SECOND);
        assertThat(client.demands()).containsExactly("2 CLUSTER x");
    }

    @Test
    void whatAClientListsWhenItComesBackIsFreeOfTheRateAndTakesUpNoRoomIfItIsNotThere() {
        StreamLimits limits = new StreamLimits(SECOND, SECOND, 1 << 20, 100, 9, new StreamLimits.Demand(1, 1, 3));
        StreamDriver client = new StreamDriver(limits);
        client.set();
        client.subscribe(CLUSTER, "*", "a", "b", "c", "d");
        assertThat(client.demands()).containsExactly("1 CLUSTER a b c");
        client.subscribe(CLUSTER, "dialled");
        assertThat(client.demands()).isEmpty();
        client.answer(1);
        assertThat(client.demands()).containsExactly("2 CLUSTER dialled");
        client.pass(SECOND);
        assertThat(client.demands()).containsExactly("3 CLUSTER d");
        client.answer(3, cluster("dialled", 1), endpoints("dialled", 1));
        assertThat(brief(client.settle())).contains("CLUSTER dialled -a -b -c -d");
    }

    @Test
    void whatIsInUseGoesBeforeWhatIsOnlyListed() {
        StreamLimits limits = new StreamLimits(SECOND, SECOND, 1 << 20, 100, 9, new StreamLimits.Demand(1, 1, 2));
        StreamDriver client = new StreamDriver(limits);
        client.set();
        client.comeBack(CLUSTER, List.of("a", "b", "x", "y"), cluster("x", 1), cluster("y", 1));
        assertThat(client.demands()).containsExactly("1 CLUSTER x y");
    }

    @Test
    void whatWasAskedLongestAgoAndIsNotThereIsForgotten() {
        StreamLimits limits = new StreamLimits(SECOND, SECOND, 1 << 20, 4, 9, new StreamLimits.Demand(100, 100, 1));
        StreamDriver client = new StreamDriver(limits);
        client.set();
        client.subscribe(CLUSTER);
        client.settle();
        askInVain(client, 1, "a");
        askInVain(client, 2, "b");
        askInVain(client, 3, "c");
        askInVain(client, 4, "d");
        assertThat(client.state.forgotten()).isEmpty();

        client.answer(4, cluster("a", 1), endpoints("a", 1));
        assertThat(brief(client.settle())).contains("CLUSTER a");
        askInVain(client, 5, "e", cluster("a", 1), endpoints("a", 1));
        assertThat(client.state.forgotten()).containsOnly(entry(CLUSTER, new TreeSet<>(Set.of("b"))));
        askInVain(client, 6, "c", cluster("a", 1), endpoints("a", 1));
        assertThat(client.state.forgotten()).isEmpty();
        askInVain(client, 7, "b", cluster("a", 1), endpoints("a", 1));
        assertThat(client.state.forgotten()).containsOnly(entry(CLUSTER, new TreeSet<>(Set.of("d"))));
        client.answer(7, cluster("a", 2), endpoints("a", 1));
        assertThat(brief(client.settle())).contains("CLUSTER a");
    }

    private static void askInVain(StreamDriver client, long ticket, String name, EnvoyResource... there) {
        client.subscribe(CLUSTER, name);
        assertThat(client.demands()).containsExactly(ticket + " CLUSTER " + name);
        client.answer(ticket, there);
        assertThat(brief(client.settle())).contains("CLUSTER -" + name);
    }

    @Test
    void whatIsDialledNowGoesBeforeWhatWaits() {
        StreamDriver client = StreamDriver.with();
        client.subscribe(CLUSTER);
        client.settle();
        client.subscribe(
                CLUSTER,
                IntStream.range(0, 2_000).mapToObj(port -> "scan" + port).toArray(String[]::new));
        client.demands();
        client.pass(SECOND);
        client.demands();
        client.subscribe(CLUSTER, "dialled");
        assertThat(client.demands()).containsExactly("3 CLUSTER dialled");
    }
}
