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
import static io.osmj.xds.serve.StreamDriver.brings;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.EnvoyResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What happens when a client refuses. */
final class RefusalTest {
    @Test
    void refusedBytesAreNotSentAgainButChangedOnesAre() {
        StreamDriver client = StreamDriver.with(cluster("bad", 1));
        client.subscribe(CLUSTER);
        assertThat(brief(client.settle(brings("bad"), "no"))).containsExactly("CLUSTER bad");
        client.pass(Duration.ofHours(1));
        client.set(cluster("bad", 1), endpoints("other", 1));
        assertThat(client.settle()).isEmpty();
        assertThat(client.nacks).containsExactly(new Nack(Samples.BOOKSTORE, CLUSTER, List.of("bad"), "no"));

        client.set(cluster("bad", 2));
        assertThat(brief(client.settle())).containsExactly("CLUSTER bad");
        assertThat(client.settled).containsExactly("CLUSTER bad");
    }

    @Test
    void theOneAtFaultIsFoundWhenTheClientNamesIt() {
        StreamDriver client = StreamDriver.with(cluster("a", 1), cluster("b", 1), cluster("bad", 1), cluster("c", 1));
        client.subscribe(CLUSTER);
        assertThat(brief(client.settle(brings("bad"), "Error adding/updating cluster(s) bad: no socket")))
                .containsExactly("CLUSTER a b bad c", "CLUSTER a b c", "CLUSTER bad");
        assertThat(client.nacks.getLast().isolated()).isTrue();
        assertThat(client.nacks.getLast().names()).containsExactly("bad");
        client.pass(Duration.ofMinutes(5));
        assertThat(client.settle()).isEmpty();
    }

    @Test
    void theOneAtFaultIsFoundWithoutAHint() {
        List<EnvoyResource> clusters = new ArrayList<>();
        IntStream.range(0, 100).forEach(number -> clusters.add(cluster("c" + number, 1)));
        StreamDriver client = StreamDriver.with(clusters.toArray(EnvoyResource[]::new));
        client.subscribe(CLUSTER);

        List<DeltaAnswer> answers = client.settle(brings("c42"), "something is wrong");

        assertThat(client.nacks).hasSizeLessThanOrEqualTo(8);
        assertThat(client.nacks.getLast().names()).containsExactly("c42");
        TreeSet<String> accepted = new TreeSet<>();
        answers.stream()
                .filter(brings("c42").negate())
                .forEach(answer -> answer.resources().forEach(resource -> accepted.add(resource.name())));
        assertThat(accepted).hasSize(99);
    }

    /** What is left of the answer need not be at fault, and nobody would ever take the accusation back. */
    @Test
    void whatTheClientGaveUpInTheMeantimeDoesNotMakeTheRestGuilty() {
        StreamDriver client = StreamDriver.with(endpoints("a", 1), endpoints("bad", 1));
        client.subscribe(ENDPOINT, "a", "bad");
        DeltaAnswer both = client.drain().getFirst();
        client.unsubscribe(ENDPOINT, "bad");
        client.nack(both, "no");
        assertThat(brief(client.settle())).containsExactly("ENDPOINT a");
        assertThat(client.nacks).noneMatch(Nack::isolated);
    }

    @Test
    void whatIsTakenAwayInTheMeantimeDoesNotMakeTheRestGuilty() {
        StreamDriver client = StreamDriver.with(cluster("a", 1), cluster("bad", 1));
        client.subscribe(CLUSTER);
        DeltaAnswer both = client.drain().getFirst();
        client.pass(Duration.ofSeconds(1));
        client.set(cluster("a", 1));
        client.drain();
        client.pass(Duration.ofSeconds(5));
        List<DeltaAnswer> removal = client.drain();
        assertThat(brief(removal)).containsExactly("CLUSTER -bad");
        client.nack(both, "no");
        removal.forEach(client::ack);
        assertThat(brief(client.settle())).containsExactly("CLUSTER a");
        assertThat(client.nacks).noneMatch(Nack::isolated);
    }

    @Test
    void anInnocentThatIsNamedPasses() {
        StreamDriver client = StreamDriver.with(cluster("a", 1), cluster("b", 1), cluster("c", 1));
        client.subscribe(CLUSTER);
        client.settle(brings("b"), "b clashes with a");
        assertThat(client.nacks.getLast().names()).containsExactly("b");
        client.set(cluster("a", 2), cluster("b", 1), cluster("c", 1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER a");
    }

    @Test
    void aClientThatAlwaysRefusesGetsNoMoreThanTenAnswersAMinute() {
        List<EnvoyResource> resources = new ArrayList<>();
        IntStream.range(0, 64).forEach(number -> resources.add(cluster("c" + number, 1)));
        IntStream.range(0, 64).forEach(number -> resources.add(listener("l" + number, 1, "r")));
        StreamDriver client = StreamDriver.with(resources.toArray(EnvoyResource[]::new));
        client.subscribe(CLUSTER);
        client.subscribe(LISTENER);
        for (int minute = 0; minute < 5; minute++) {
            int answers = 0;
            for (int second = 0; second < 60; second++) {
                answers += client.settle(_ -> true, "no").size();
                client.pass(Duration.ofSeconds(1));
            }
            assertThat(answers).isBetween(1, 10);
        }
    }

    /** One that has accepted a cluster, and has refused ten others since. */
    private static StreamDriver afterTenRefusals() {
        StreamDriver client = StreamDriver.with(cluster("good", 1));
        client.subscribe(LISTENER);
        client.subscribe(CLUSTER);
        client.settle();
        for (int bad = 0; bad < 10; bad++) {
            client.set(cluster("good", 1), cluster("bad" + bad, 1));
            client.settle(brings("bad" + bad), "no");
        }
        assertThat(client.nacks).hasSize(10);
        return client;
    }

    @Test
    void tenRefusalsInARowHoldUpNothingThatWasNotRefused() {
        StreamDriver client = afterTenRefusals();
        client.subscribe(CLUSTER, "dialled");
        client.answer(1, cluster("good", 1), cluster("dialled", 1), endpoints("dialled", 1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER dialled", "ENDPOINT dialled");
        client.answer(1, cluster("good", 2), cluster("dialled", 1), endpoints("dialled", 1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER good");
    }

    @Test
    void whatWasRefusedWaitsInWhateverVersionAndHoldsUpNothingElse() {
        StreamDriver client = afterTenRefusals();
        client.set(cluster("good", 2), cluster("bad9", 2));
        assertThat(brief(client.settle(brings("bad9"), "no"))).containsExactly("CLUSTER good");
        client.subscribe(CLUSTER, "bad9");
        client.set(cluster("good", 3), cluster("bad9", 3));
        assertThat(brief(client.settle(brings("bad9"), "no"))).containsExactly("CLUSTER good");
        assertThat(client.state.delay(-1_000_000_000L))
                .isEqualTo(Duration.ofMinutes(1).toNanos());
        client.pass(Duration.ofMinutes(1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER bad9");
    }

    @Test
    void whatWasRefusedIsSentByItself() {
        StreamDriver client = StreamDriver.with(cluster("bad", 1));
        client.subscribe(CLUSTER);
        client.settle(brings("bad"), "no");
        client.set(cluster("bad", 2), cluster("a", 1), cluster("z", 1));
        assertThat(brief(client.settle(brings("bad"), "no"))).containsExactly("CLUSTER a z", "CLUSTER bad");
    }

    @Test
    void whoAcceptsAndRefusesInTurnIsSentTwentyRefusalsAMinute() {
        StreamDriver client = StreamDriver.with(cluster("good", 1));
        client.subscribe(CLUSTER);
        client.settle();
        int round = 0;
        for (int minute = 0; minute < 5; minute++) {
            client.nacks.clear();
            for (int second = 0; second < 60; second++, round++) {
                client.set(cluster("good" + round, 1), cluster("bad" + round, 1));
                client.settle(RefusalTest::holdsBad, "no");
                client.pass(Duration.ofSeconds(1));
            }
            assertThat(client.nacks).hasSizeBetween(10, 20);
        }
    }

    private static boolean holdsBad(DeltaAnswer answer) {
        return answer.resources().stream().anyMatch(resource -> resource.name().startsWith("bad"));
    }

    @Test
    void whoRefusesAllFromSomeTimeOnIsAnsweredTwentyTimesAndThenTenAMinute() {
        StreamDriver client = StreamDriver.with(cluster("good", 1));
        client.subscribe(CLUSTER);
        client.settle();
        List<Integer> answers = new ArrayList<>();
        for (int minute = 0; minute < 5; minute++) {
            int most = 0;
            for (int second = 0; second < 60; second++) {
                client.set(cluster("c" + minute + "-" + second, 1));
                most += client.settle(_ -> true, "no").size();
                client.pass(Duration.ofSeconds(1));
            }
            answers.add(most);
        }
        assertThat(answers.removeFirst()).isEqualTo(20);
        assertThat(answers).allMatch(most -> most <= 10);
    }

    @Test
    void theRestOfTheProxyGoesOn() {
        StreamDriver client = StreamDriver.with();
        client.subscribe(LISTENER);
        client.subscribe(ENDPOINT, "a");
        client.settle();
        for (int round = 1; round < 100; round++) {
            client.set(listener("bad", round, "r"), endpoints("a", round));
            client.settle(brings("bad"), "no");
        }
        client.set(listener("bad", 1_000, "r"), endpoints("a", 1_000));
        assertThat(brief(client.settle())).containsExactly("ENDPOINT a");
        assertThat(client.nacks).hasSize(StreamLimits.DEFAULT.nacksPerMinute());
        assertThat(client.state.delay(-1_000_000_000L))
                .isEqualTo(Duration.ofMinutes(1).toNanos());
        client.pass(Duration.ofMinutes(1));
        assertThat(brief(client.settle())).containsExactly("LISTENER bad");
    }

    @Test
    void aRefusedRouteKeepsTheClusterItStillUses() {
        StreamDriver client = StreamDriver.with(cluster("old", 1), route("r", "old"));
        client.subscribe(CLUSTER);
        client.subscribe(ROUTE, "r");
        client.settle();
        client.pass(Duration.ofSeconds(1));

        client.set(cluster("new", 1), route("r", "new"));
        assertThat(brief(client.settle(brings("r"), "no"))).containsExactly("CLUSTER new", "ROUTE r");
        client.pass(Duration.ofMinutes(10));
        assertThat(client.settle()).isEmpty();

        client.set(cluster("new", 1), route("r", "newer"));
        assertThat(brief(client.settle())).containsExactly("ROUTE r", "CLUSTER -old");
    }

    @Test
    void goingBackToWhatTheClientHasSettlesIt() {
        StreamDriver client = StreamDriver.with(cluster("a", 1));
        client.subscribe(CLUSTER);
        client.settle();
        client.set(cluster("a", 2));
        client.settle(_ -> true, "no");
        client.set(cluster("a", 1));
        assertThat(client.settle()).isEmpty();
        assertThat(client.settled).containsExactly("CLUSTER a");
    }

    @Test
    void aRefusedResourceIsSentToAClientThatAsksForItAgain() {
        StreamDriver client = StreamDriver.with(endpoints("a", 1));
        client.subscribe(ENDPOINT, "a");
        client.settle(_ -> true, "no");
        client.subscribe(ENDPOINT, "a");
        assertThat(brief(client.settle())).containsExactly("ENDPOINT a");
    }

    @Test
    void aRefusalIsSettledWhenTheSameBytesAreTakenAfterAll() {
        StreamDriver client = StreamDriver.with(endpoints("a", 1));
        client.subscribe(ENDPOINT, "a");
        client.settle(_ -> true, "no");
        client.subscribe(ENDPOINT, "a");
        client.settle();
        assertThat(client.settled).containsExactly("ENDPOINT a");
    }

    @Test
    void theEndOfAStreamSettlesWhatWasRefusedAndAskedForAgain() {
        StreamDriver client = StreamDriver.with(endpoints("a", 1));
        client.subscribe(ENDPOINT, "a");
        client.settle(_ -> true, "no");
        client.subscribe(ENDPOINT, "a");
        client.state.end();
        assertThat(client.settled).containsExactly("ENDPOINT a");
    }

    @Test
    void whatMayHaveBeenTakenFromARefusedAnswerIsRemoved() {
        StreamDriver client = StreamDriver.with(cluster("a", 1), cluster("bad", 1));
        client.subscribe(CLUSTER);
        client.drain().forEach(answer -> client.nack(answer, "no"));
        client.pass(Duration.ofSeconds(1));
        client.set();
        assertThat(brief(client.settle())).contains("CLUSTER -a -bad");
    }

    @Test
    void theEndOfAStreamSettlesWhatItRefused() {
        StreamDriver client = StreamDriver.with(cluster("bad", 1));
        client.subscribe(CLUSTER);
        client.settle(_ -> true, "no");
        client.state.end();
        assertThat(client.settled).containsExactly("CLUSTER bad");
    }

    @Test
    void aClientThatComesBackIsNotSentWhatItRefusedButTheRestAndAfterAMinuteThatToo() {
        StreamDriver client = StreamDriver.with(cluster("bad", 1), cluster("good", 1), listener("l", 1, "r"));
        client.subscribe(CLUSTER);
        client.subscribe(LISTENER);
        client.settle(brings("bad"), "no: bad");
        client.reconnect();
        client.set(cluster("bad", 1), cluster("good", 1), listener("l", 1, "r"));
        client.nacks.clear();
        client.subscribe(CLUSTER);
        client.subscribe(LISTENER);
        assertThat(brief(client.settle())).containsExactly("CLUSTER good", "LISTENER l");
        assertThat(client.nacks).containsExactly(new Nack(Samples.BOOKSTORE, CLUSTER, List.of("bad"), "no: bad"));

        client.pass(Duration.ofSeconds(59));
        assertThat(client.settle()).isEmpty();
        client.pass(Duration.ofSeconds(1));
        client.settled.clear();
        assertThat(brief(client.settle())).containsExactly("CLUSTER bad");
        assertThat(client.settled).containsExactly("CLUSTER bad");
    }

    @Test
    void aClientThatComesBackIsSentWhatHasChangedSinceItRefusedIt() {
        StreamDriver client = StreamDriver.with(cluster("bad", 1));
        client.subscribe(CLUSTER);
        client.settle(brings("bad"), "no");
        client.reconnect();
        client.subscribe(CLUSTER);
        client.set(cluster("bad", 2));
        assertThat(brief(client.settle())).containsExactly("CLUSTER bad");
    }

    @Test
    void aProxyIsForgottenAMinuteAfterItsLastStream() {
        Conducts conducts = new Conducts(StreamLimits.DEFAULT);
        long minute = PerMinute.MINUTE;
        Conduct first = conducts.opened(Samples.BOOKSTORE, 0);
        Conduct second = conducts.opened(Samples.BOOKSTORE, 1);
        assertThat(second).isSameAs(first);
        conducts.closed(Samples.BOOKSTORE, 2);
        ProxyIdentity other = new ProxyIdentity(Samples.BOOKSTORE.account(), "other", "uid-2");
        conducts.opened(other, 3 * minute);
        assertThat(conducts.size()).isEqualTo(2);
        conducts.closed(Samples.BOOKSTORE, 4 * minute);
        conducts.opened(other, 5 * minute);
        assertThat(conducts.size()).isOne();
    }
}
