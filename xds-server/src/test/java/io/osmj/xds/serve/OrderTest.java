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

import io.osmj.xds.resource.EnvoyResource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Make before break, on one stream. */
final class OrderTest {
    private static final EnvoyResource[] OLD = {
        cluster("old", 1), endpoints("old", 1), listener("l", 1, "r"), route("r", "old")
    };
    private static final EnvoyResource[] NEW = {
        cluster("new", 1), endpoints("new", 1), listener("l", 2, "r"), route("r", "new")
    };

    /** A client that has the old set. */
    private static StreamDriver running() {
        StreamDriver client = StreamDriver.with(OLD);
        client.subscribe(CLUSTER);
        client.subscribe(ENDPOINT, "old");
        client.subscribe(LISTENER);
        client.subscribe(ROUTE, "r");
        client.settle();
        client.pass(Duration.ofSeconds(1));
        return client;
    }

    private static DeltaAnswer only(List<DeltaAnswer> answers) {
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    @Test
    void everythingIsInPlaceBeforeItIsNamedAndGoneAfterItIsNot() {
        StreamDriver client = running();
        client.set(NEW);

        DeltaAnswer clusters = only(client.drain());
        assertThat(brief(clusters)).isEqualTo("CLUSTER new");
        client.subscribe(ENDPOINT, "new");
        DeltaAnswer endpoints = only(client.drain());
        assertThat(brief(endpoints)).isEqualTo("ENDPOINT new");
        client.ack(endpoints);
        assertThat(client.drain()).as("the cluster is not warm yet").isEmpty();
        client.ack(clusters);
        List<DeltaAnswer> rest = client.settle();
        assertThat(brief(rest)).containsExactly("LISTENER l", "ROUTE r", "ENDPOINT -old", "CLUSTER -old");
    }

    @Test
    void aClusterThatNeverGetsWarmHoldsNothingBackForEver() {
        StreamDriver client = running();
        client.set(NEW);
        client.drain();
        client.pass(StreamLimits.DEFAULT.acknowledgement().minusMillis(1));
        assertThat(client.drain()).isEmpty();
        assertThat(client.state.delay(0)).isPositive();

        client.pass(Duration.ofMillis(1));
        List<DeltaAnswer> forced = client.drain();
        assertThat(brief(forced)).contains("LISTENER l", "ROUTE r");
    }

    @Test
    void aChangedClusterIsFollowedByItsEndpoints() {
        StreamDriver client = running();
        client.set(cluster("old", 2), OLD[1], OLD[2], OLD[3]);
        assertThat(brief(client.drain())).containsExactly("CLUSTER old", "ENDPOINT old");
    }

    @Test
    void aLateAcknowledgementOfAnOlderAnswerSaysNothingOfANewerOne() {
        StreamDriver client = StreamDriver.with(cluster("a", 1), cluster("b", 1));
        client.subscribe(CLUSTER);
        DeltaAnswer older = only(client.drain());
        client.set(cluster("a", 2), cluster("b", 1));
        client.pass(Duration.ofSeconds(5));
        client.drain();
        client.pass(Duration.ofSeconds(5));
        DeltaAnswer newer = only(client.drain());
        client.ack(newer);
        client.ack(older);
        client.set(cluster("a", 1), cluster("b", 1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER a");
    }

    /** What is asked for is as it is now, so what it refers to has to be too. */
    @Test
    void whatIsAskedForIsPrecededByTheClustersItMayReferTo() {
        StreamDriver client = StreamDriver.with(OLD);
        client.subscribe(CLUSTER);
        client.subscribe(ENDPOINT, "old");
        client.subscribe(LISTENER);
        client.drain();
        client.set(NEW);
        client.subscribe(ROUTE, "r");
        assertThat(brief(client.drain())).containsExactly("CLUSTER new", "ROUTE r");
    }

    @Test
    void soAreEndpointsByTheirCluster() {
        StreamDriver client = StreamDriver.with(cluster("a", 1), endpoints("a", 1));
        client.subscribe(CLUSTER);
        client.drain();
        client.set(cluster("a", 2), endpoints("a", 2), cluster("b", 1));
        client.subscribe(ENDPOINT, "a");
        assertThat(brief(client.drain())).containsExactly("CLUSTER a b", "ENDPOINT a");
    }

    /** Over the cluster as it was they would be called as others are: in plain text, or as somebody else. */
    @Test
    void endpointsDoNotGoAheadOfTheChangeOfTheirCluster() {
        StreamDriver client = StreamDriver.with(cluster("a", 1), endpoints("a", 1), cluster("b", 1), endpoints("b", 1));
        client.subscribe(CLUSTER);
        client.subscribe(ENDPOINT, "a", "b");
        client.settle();
        client.set(cluster("a", 1), endpoints("a", 1), cluster("b", 2), endpoints("b", 1));
        List<DeltaAnswer> warming = client.drain();
        assertThat(brief(warming)).containsExactly("CLUSTER b", "ENDPOINT b");
        client.ack(warming.getLast());

        client.set(cluster("a", 2), endpoints("a", 2), cluster("b", 2), endpoints("b", 2));
        assertThat(brief(client.drain())).containsExactly("ENDPOINT b");
        client.ack(warming.getFirst());
        assertThat(brief(client.drain())).containsExactly("CLUSTER a", "ENDPOINT a");
    }

    @Test
    void norDoTheyWaitForEver() {
        StreamDriver client = StreamDriver.with(cluster("a", 1), endpoints("a", 1), cluster("b", 1));
        client.subscribe(CLUSTER);
        client.subscribe(ENDPOINT, "a");
        client.settle();
        client.set(cluster("a", 1), endpoints("a", 1), cluster("b", 2));
        assertThat(brief(client.drain())).containsExactly("CLUSTER b");
        client.set(cluster("a", 2), endpoints("a", 2), cluster("b", 2));
        assertThat(client.drain()).isEmpty();
        client.pass(StreamLimits.DEFAULT.acknowledgement());
        assertThat(brief(client.drain())).containsExactly("CLUSTER a", "ENDPOINT a");
    }

    /** What is refused does not change, so its endpoints are those of the cluster as it was. */
    @Test
    void endpointsOfARefusedClusterGoOn() {
        StreamDriver client = StreamDriver.with(cluster("a", 1), endpoints("a", 1));
        client.subscribe(CLUSTER);
        client.subscribe(ENDPOINT, "a");
        client.settle();
        client.set(cluster("a", 2), endpoints("a", 1));
        client.settle(answer -> answer.type() == CLUSTER, "no");
        client.set(cluster("a", 2), endpoints("a", 2));
        assertThat(brief(client.settle())).containsExactly("ENDPOINT a");
    }

    @Test
    void theEndpointsFollowEvenIfTheClientComesBackWithThem() {
        StreamDriver client = StreamDriver.with(cluster("old", 2), OLD[1]);
        client.comeBack(CLUSTER, List.of(), OLD[0]);
        assertThat(brief(client.drain())).containsExactly("CLUSTER old");
        client.comeBack(ENDPOINT, List.of("old"), OLD[1]);
        assertThat(brief(client.drain())).containsExactly("ENDPOINT old");
    }

    @Test
    void aChangedClusterWithoutEndpointsIsToldSo() {
        StreamDriver client = running();
        client.set(OLD[0], OLD[2], OLD[3]);
        client.settle();
        client.set(cluster("old", 2), OLD[2], OLD[3]);
        assertThat(brief(client.settle())).containsExactly("CLUSTER old", "ENDPOINT -old");
    }

    @Test
    void oneChangeOfATypeIsOnItsWayAtATime() {
        StreamDriver client = running();
        client.set(OLD[0], endpoints("old", 2), OLD[2], OLD[3]);
        DeltaAnswer first = only(client.drain());
        client.set(OLD[0], endpoints("old", 3), OLD[2], OLD[3]);
        client.set(OLD[0], endpoints("old", 4), OLD[2], OLD[3]);
        assertThat(client.drain()).isEmpty();

        client.ack(first);
        DeltaAnswer second = only(client.drain());
        assertThat(second.resources()).containsExactly(endpoints("old", 4));
        client.ack(first);
        client.ack(second);
        assertThat(client.drain()).isEmpty();
    }

    @Test
    void anAnswerToAQuestionDoesNotWaitForAnAcknowledgement() {
        StreamDriver client = running();
        client.set(OLD[0], endpoints("old", 2), OLD[2], OLD[3]);
        client.drain();
        client.subscribe(ENDPOINT, "other");
        assertThat(brief(client.drain())).containsExactly("ENDPOINT -other");
    }

    @Test
    void aChangeThatIsTakenBackInTimeIsNeverSent() {
        StreamDriver client = running();
        client.set(OLD[0], endpoints("old", 2), OLD[2], OLD[3]);
        DeltaAnswer first = only(client.drain());
        client.set(OLD[0], endpoints("old", 3), OLD[2], OLD[3]);
        client.set(OLD[0], endpoints("old", 2), OLD[2], OLD[3]);
        client.ack(first);
        assertThat(client.drain()).isEmpty();
    }

    @Test
    void whatComesBackBeforeItIsRemovedStays() {
        StreamDriver client = running();
        client.set(NEW);
        List<DeltaAnswer> drained = client.drain();
        client.set(cluster("new", 1), endpoints("new", 1), OLD[0], OLD[1], listener("l", 2, "r"), route("r", "new"));
        drained.forEach(client::ack);
        assertThat(brief(client.settle())).containsExactly("LISTENER l", "ROUTE r");
    }

    @Test
    void aLargeAnswerIsCut() {
        EnvoyResource a = cluster("a", 1);
        StreamLimits limits = new StreamLimits(
                Duration.ofSeconds(1), Duration.ofSeconds(1), 2 * a.body().size(), 100, 9, StreamLimits.Demand.DEFAULT);
        StreamDriver client = new StreamDriver(limits);
        client.set(a, cluster("b", 1), cluster("c", 1));
        client.subscribe(CLUSTER);
        assertThat(brief(client.settle())).containsExactly("CLUSTER a b", "CLUSTER c");
        client.set(cluster("a", 2), cluster("b", 2), cluster("c", 2));
        assertThat(brief(client.settle())).containsExactly("CLUSTER a b", "CLUSTER c");
    }

    @Test
    void nothingIsTakenAwayFromAClientThatHasNotFinishedAsking() {
        StreamDriver client = StreamDriver.with(NEW);
        client.comeBack(CLUSTER, List.of(), OLD[0], NEW[0]);
        client.answer(1, NEW);
        assertThat(client.settle()).isEmpty();
        assertThat(client.state.delay(-1_000_000_000L))
                .isEqualTo(Duration.ofSeconds(1).toNanos());
        client.comeBack(ROUTE, List.of("r"), OLD[3]);
        assertThat(brief(client.settle())).containsExactly("ROUTE r");
        client.pass(Duration.ofSeconds(1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER -old");
    }

    /** It lists more than is looked at at once, so the rest of what it asks for is heard some seconds later. */
    @Test
    void norFromOneThatIsHeardLate() {
        StreamDriver client = StreamDriver.with(NEW);
        client.worked(200_000);
        client.comeBack(CLUSTER, List.of(), OLD[0], NEW[0]);
        client.answer(1, NEW);
        client.pass(Duration.ofSeconds(5));
        assertThat(client.settle()).isEmpty();
        assertThat(client.state.delay(4_000_000_000L)).isBetween(1_000_000_000L, 1_001_000_000L);
        client.comeBack(ROUTE, List.of("r"), OLD[3]);
        client.comeBack(LISTENER, List.of(), OLD[2]);
        assertThat(brief(client.settle())).containsExactly("LISTENER l", "ROUTE r");
        client.pass(Duration.ofMillis(1_001));
        assertThat(brief(client.settle())).containsExactly("CLUSTER -old");
    }
}
