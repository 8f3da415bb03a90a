package io.osmj.controlplane.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.ServicePort;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.PodState;
import io.osmj.core.state.ServiceState;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationTest {
    private final TestWorld world = new TestWorld();

    @Test
    void beforeTheStateIsKnownNobodyIsToldAnything() {
        Told told = world.join("a");
        world.after(5000);

        assertThat(told.sets).isEmpty();
        assertThat(told.end).isEmpty();

        world.after(5000);
        assertThat(told.end).startsWith("not ready");
    }

    @Test
    void aProxyIsServedAtOnceFromWhatIsKnown() {
        world.pods(TestWorld.POD_A, TestWorld.POD_B);
        world.after(1000);

        Told told = world.join("a");

        assertThat(told.sets).hasSize(1);
        assertThat(told.last().of(ResourceType.SECRET)).hasSize(1);
    }

    @Test
    void whatCouldNotBeTakenInIsTakenInLaterAndUntilThenWhatWasKnownServes() {
        world.arrivals().forEach(Runnable::run);
        world.after(1000);
        Told a = world.join("a");
        ResourceSet before = a.last();

        world.tear();
        world.limit("b", 5);
        world.after(20);
        assertThat(a.sets).as("told before the patch is taken in").hasSize(1);
        assertThat(world.join("b").sets).as("who comes meanwhile").hasSize(1);

        world.after(1000);
        assertThat(a.last()).isNotEqualTo(before);
        assertThat(a.sets).hasSize(2);
    }

    @Test
    void aProxyThatIsAheadOfItsPodIsServedWhenThePodIsSeen() {
        world.pods(TestWorld.POD_B);
        world.after(1000);
        Told told = world.join("a");
        world.after(3000);
        assertThat(told.sets).isEmpty();

        world.pods(TestWorld.POD_A, TestWorld.POD_B);
        world.after(20);

        assertThat(told.sets).hasSize(1);
        assertThat(told.end).isEmpty();
    }

    @Test
    void aProxyWhosePodNeverComesIsSentAway() {
        world.pods(TestWorld.POD_B);
        world.after(1000);

        Told told = world.join("a");
        world.after(8000);

        assertThat(told.sets).isEmpty();
        assertThat(told.end).startsWith("gone").contains("pod-a");
    }

    @Test
    void theStreamOfADeletedPodEndsAndNothingIsTakenFromIt() {
        world.pods(TestWorld.POD_A, TestWorld.POD_B);
        world.after(1000);
        Told told = world.join("a");

        world.pods(TestWorld.POD_B);
        world.after(1000);

        assertThat(told.sets).hasSize(1);
        assertThat(told.end).startsWith("gone");
    }

    @Test
    void theTokenOfAnotherAccountGetsNothing() {
        world.pods(TestWorld.POD_A);
        world.after(1000);

        Told told = world.join(new ProxyIdentity(new ServiceAccount("ns", "b"), "pod-a", "uid-a"));

        assertThat(told.sets).isEmpty();
        assertThat(told.end).startsWith("gone");
    }

    @Test
    void whatChangesNothingIsNotSent() {
        world.pods(TestWorld.POD_A, TestWorld.POD_B);
        world.after(1000);
        Told told = world.join("a");

        world.pods(TestWorld.POD_B, TestWorld.POD_A);
        world.after(1000);
        world.pods(TestWorld.POD_A, TestWorld.POD_B, TestWorld.pod("c", "10.0.0.9"));
        world.after(1000);

        assertThat(told.sets).as("no service selects the new pod").hasSize(1);
    }

    private static final PodState REPLICA = new PodState(
            "ns", "pod-a2", "uid-a2", "10.0.0.8", TestWorld.POD_A.account(), true, false, List.of(), false);

    private Told joinReplica() {
        return world.join(new ProxyIdentity(REPLICA.account(), "pod-a2", "uid-a2"));
    }

    @Test
    void proxiesOfEqualPlansShareWhatIsRendered() {
        world.pods(TestWorld.POD_A, REPLICA);
        world.after(1000);

        Told first = world.join("a");
        Told second = joinReplica();

        assertThat(first.last().of(ResourceType.LISTENER)).isNotEmpty();
        first.last()
                .of(ResourceType.LISTENER)
                .forEach((name, listener) -> assertThat(
                                second.last().of(ResourceType.LISTENER).get(name))
                        .isSameAs(listener));
    }

    private void permissiveMesh() {
        world.arrivals().forEach(Runnable::run);
        world.permissive(true);
        world.after(1000);
    }

    @Test
    void inPermissiveModeAProxyLearnsOfADestinationWhenItAsks() {
        permissiveMesh();
        Told told = world.join("a");
        assertThat(told.last().of(ResourceType.ENDPOINT)).isEmpty();

        world.ask(told, 1, "10.9.0.2", 90);

        assertThat(told.answered).isEqualTo(1);
        assertThat(told.last().of(ResourceType.ENDPOINT)).containsOnlyKeys("t|10.9.0.2:90");
        assertThat(told.last().of(ResourceType.CLUSTER)).containsKey("t|10.9.0.2:90");
    }

    @Test
    void whoAsksForWhatIsNotThereIsAnsweredAndToldWhenItComes() {
        world.pods(TestWorld.POD_A, TestWorld.POD_B);
        world.permissive(true);
        world.after(1000);
        Told told = world.join("a");

        world.ask(told, 1, "10.9.0.2", 90);
        assertThat(told.answered).isEqualTo(1);
        assertThat(told.last().of(ResourceType.CLUSTER)).doesNotContainKey("t|10.9.0.2:90");

        world.arrivals().forEach(Runnable::run);
        world.after(1000);
        assertThat(told.last().of(ResourceType.CLUSTER)).containsKey("t|10.9.0.2:90");
    }

    @Test
    void whatAnAccountIsKnownToCallIsSentAheadToItsNewPods() {
        permissiveMesh();
        world.ask(world.join("a"), 1, "10.9.0.2", 90);

        world.pods(TestWorld.POD_A, TestWorld.POD_B, REPLICA);
        world.after(1000);

        assertThat(joinReplica().last().of(ResourceType.ENDPOINT)).containsOnlyKeys("t|10.9.0.2:90");
        assertThat(world.join("b").last().of(ResourceType.ENDPOINT)).isEmpty();
    }

    /** A proxy asks for a name once, so whoever waits for another question waits for ever. */
    @Test
    void whatCameAfterItWasAskedForIsSentAheadToo() {
        world.pods(TestWorld.POD_A, TestWorld.POD_B, REPLICA);
        world.permissive(true);
        world.after(1000);
        world.ask(world.join("a"), 1, "10.9.0.2", 90);

        permissiveMesh();

        assertThat(joinReplica().last().of(ResourceType.ENDPOINT)).containsOnlyKeys("t|10.9.0.2:90");
    }

    /** Its proxy has taken the connection before it knew the port, and that connection waits for bytes to be carried. */
    @Test
    void whoWaitsForAPortThatIsNewToTheMeshIsAnswered() {
        permissiveMesh();
        Told early = world.join("a");
        world.askAsBytes(early, 1, "10.9.0.99", 81);
        assertThat(early.last().of(ResourceType.CLUSTER)).doesNotContainKey("t|10.9.0.99:81");

        world.arrive(
                new ServiceState("ns", "late", List.of("10.9.0.99"), List.of(new ServiceState.Port("http", 81, ""))));
        world.after(1000);
        Told late = world.join("a");
        world.ask(late, 1, "10.9.0.99", 81);

        assertThat(early.last().of(ResourceType.CLUSTER)).containsKeys("h|10.9.0.99:81", "t|10.9.0.99:81");
        assertThat(late.last().of(ResourceType.CLUSTER))
                .containsKey("h|10.9.0.99:81")
                .doesNotContainKey("t|10.9.0.99:81");
        world.askAsBytes(late, 2, "10.9.0.99", 81);
        assertThat(late.last()).isEqualTo(early.last());
    }

    @Test
    void whatAStreamNeedsNoMoreIsForgottenUnlessItIsThere() {
        permissiveMesh();
        Told told = world.join("a");
        world.ask(told, 1, "10.9.0.2", 90);
        world.ask(told, 2, "10.9.0.99", 80);
        world.ask(told, 3, new ServicePort("ns", "none", 80));
        world.ask(told, 4, new ServicePort("ns", "none", 81));

        Asked kept = world.forget(told, "h|10.9.0.99:80", "h|10.9.0.2:90", "none.ns:81");

        assertThat(kept.addresses()).containsExactly(new DialledAddress("10.9.0.2", 90));
        assertThat(kept.services()).containsExactly(new ServicePort("ns", "none", 80));
        world.arrive(
                new ServiceState("ns", "none", List.of("10.9.0.99"), List.of(new ServiceState.Port("http", 80, ""))));
        world.after(1000);
        assertThat(told.last().of(ResourceType.LISTENER)).containsKey("none.ns:80");
        assertThat(told.last().of(ResourceType.CLUSTER)).doesNotContainKey("h|10.9.0.99:80");
        world.ask(told, 5, "10.9.0.99", 80);
        assertThat(told.last().of(ResourceType.CLUSTER)).containsKey("h|10.9.0.99:80");
    }

    /** A port that is said to speak something else is asked for by another name. */
    @Test
    void whatIsForgottenByOneNameIsStillAskedForByTheOther() {
        permissiveMesh();
        Told told = world.join("a");
        world.ask(told, 1, "h|10.9.0.99:80", "h|10.9.0.98:80", "none.ns:80");
        world.ask(told, 2, "t|10.9.0.99:80", "none.ns.svc:80");

        Asked kept = world.forget(told, "h|10.9.0.99:80", "h|10.9.0.98:80", "none.ns:80");

        assertThat(kept.addresses()).containsExactly(new DialledAddress("10.9.0.99", 80));
        assertThat(kept.services()).containsExactly(new ServicePort("ns", "none", 80));
        world.arrive(
                new ServiceState("ns", "other", List.of("10.9.0.99"), List.of(new ServiceState.Port("http", 80, ""))));
        world.after(1000);
        assertThat(told.last().of(ResourceType.CLUSTER)).containsKey("h|10.9.0.99:80");
        kept = world.forget(told, "none.ns.svc:80");
        assertThat(kept.services()).isEmpty();
    }

    @Test
    void whatAProxyHasGivenUpLeavesTheSetAndConcernsItNoMore() {
        permissiveMesh();
        Told told = world.join("a");
        Told other = world.join("a");
        world.ask(told, 1, "t|10.9.0.2:90", "h|10.9.0.1:80");
        world.ask(other, 1, "t|10.9.0.2:90");
        ResourceSet before = other.last();

        Asked kept = world.release(told, "t|10.9.0.2:90", "h|10.9.0.99:80");
        world.after(1000);

        assertThat(kept.addresses()).containsExactly(new DialledAddress("10.9.0.1", 80));
        assertThat(told.last().of(ResourceType.CLUSTER))
                .containsKey("h|10.9.0.1:80")
                .doesNotContainKey("t|10.9.0.2:90");
        assertThat(other.last()).as("another stream of the pod asks for it").isSameAs(before);
        world.ask(told, 2, "t|10.9.0.2:90");
        assertThat(told.last().of(ResourceType.CLUSTER)).containsKeys("h|10.9.0.1:80", "t|10.9.0.2:90");
        assertThat(told.answered).isEqualTo(2);
    }

    @Test
    void whatIsGivenUpByOneNameStaysByTheOther() {
        permissiveMesh();
        Told told = world.join("a");
        world.ask(told, 1, "h|10.9.0.1:80");
        world.ask(told, 2, "t|10.9.0.1:80");
        world.release(told, "h|10.9.0.1:80");
        world.after(1000);
        assertThat(told.last().of(ResourceType.CLUSTER)).containsKey("t|10.9.0.1:80");
        assertThat(world.release(told, "t|10.9.0.1:80").addresses()).isEmpty();
        world.after(1000);
        assertThat(told.last().of(ResourceType.CLUSTER)).doesNotContainKey("t|10.9.0.1:80");
    }

    @Test
    void whatWasAwayForAWhileIsSentAheadAgain() {
        permissiveMesh();
        world.ask(world.join("a"), 1, "10.9.0.2", 90);
        world.arrive(REPLICA);
        world.forget(3);
        world.after(1000);
        Told replica = joinReplica();
        assertThat(replica.last().of(ResourceType.ENDPOINT)).isEmpty();
        world.leave(replica);

        permissiveMesh();

        assertThat(joinReplica().last().of(ResourceType.ENDPOINT)).containsOnlyKeys("t|10.9.0.2:90");
    }

    @Test
    void aChangeOfEndpointsReachesThoseWhoAskedAndNobodyElse() {
        permissiveMesh();
        Told asked = world.join("a");
        world.ask(asked, 1, "10.9.0.2", 90);
        Told other = world.join("a");
        int before = other.sets.size();

        world.forget(6);
        world.after(1000);

        assertThat(asked.sets).hasSize(3);
        assertThat(asked.last().of(ResourceType.CLUSTER)).containsKey("t|10.9.0.2:90");
        assertThat(other.sets)
                .as("it was sent ahead what its account calls, so it is told too")
                .hasSize(before + 1);
        assertThat(world.join("b").last().of(ResourceType.ENDPOINT)).isEmpty();
    }

    /** To find out what is wrong costs what all policies are. */
    @Test
    void whatIsWrongIsToldOnceASecondHoweverOftenItChanges() {
        permissiveMesh();
        world.after(1000);
        for (int change = 0; change < 21; change++) {
            world.pods(
                    change % 2 == 0
                            ? new PodState[] {TestWorld.POD_A}
                            : new PodState[] {TestWorld.POD_A, TestWorld.POD_B});
            world.after(150);
        }
        world.after(1000);

        assertThat(world.reports).hasSizeBetween(1, 4);
        assertThat(world.reports.getLast()).as("account b has no pod").isNotEmpty();
    }

    /** Of a service alone on its port, with a virtual address or without: what a port speaks is said by services and not by pods. */
    @ParameterizedTest
    @ValueSource(strings = {"10.9.0.4", ""})
    void theLastPodBehindAPortGoesAndComesAndNobodyElseIsTold(String clusterIp) {
        permissiveMesh();
        EndpointState pod = new EndpointState("ns", "d", "http", "10.0.0.2", 3000, "pod-b");
        world.arrive(new ServiceState(
                "ns",
                "d",
                clusterIp.isEmpty() ? List.of() : List.of(clusterIp),
                List.of(new ServiceState.Port("http", clusterIp.isEmpty() ? 3000 : 80, ""))));
        world.arrive(pod);
        world.after(1000);
        Told other = world.join("a");
        Told caller = world.join("a");
        world.ask(caller, 1, "10.0.0.2", 3000);
        assertThat(caller.last().of(ResourceType.ENDPOINT)).isNotEmpty();
        int before = other.sets.size();

        world.forget(11);
        world.after(1000);
        assertThat(caller.last().of(ResourceType.ENDPOINT)).isEmpty();
        world.arrive(pod);
        world.after(1000);

        assertThat(caller.last().of(ResourceType.ENDPOINT)).isNotEmpty();
        assertThat(other.sets).hasSize(before);
    }

    @Test
    void anEgressReachesItsAccountAndNobodyElseInEveryMode() {
        permissiveMesh();
        Told let = world.join("a");
        Told other = world.join("b");
        int before = other.sets.size();

        world.egress("a", "one.example.com");
        world.after(1000);
        assertThat(let.last().of(ResourceType.CLUSTER)).containsKey("et|one.example.com:443");

        world.egress("a", "two.example.com");
        world.after(1000);
        assertThat(let.last().of(ResourceType.CLUSTER))
                .containsKey("et|two.example.com:443")
                .doesNotContainKey("et|one.example.com:443");
        assertThat(other.sets).hasSize(before);
    }

    @Test
    void aRetryAndItsServiceReachTheirAccountAndNobodyElse() {
        permissiveMesh();
        Told retries = world.join("a");
        Told other = world.join("b");
        int before = other.sets.size();

        world.retry("a", "c", 2);
        world.after(1000);
        String twice = routes(retries);
        assertThat(twice).contains("Retry ns/a", "h|10.0.0.2:8081");

        world.retry("a", "c", 3);
        world.after(1000);
        assertThat(routes(retries)).contains("Retry ns/a").isNotEqualTo(twice);

        world.retry("a", "no-such-service", 3);
        world.after(1000);
        assertThat(routes(retries)).doesNotContain("Retry").isEqualTo(routes(other));
        assertThat(other.sets).hasSize(before);
    }

    private static String routes(Told told) {
        return Objects.requireNonNull(told.last().of(ResourceType.ROUTE).get("rds-outbound"))
                .body()
                .toStringUtf8();
    }

    @Test
    void limitsOfConnectionsReachThoseWhoCallAndNobodyElse() {
        permissiveMesh();
        Told caller = world.join("a");
        world.ask(caller, 1, "10.9.0.2", 90);
        Told called = world.join("b");
        int before = called.sets.size();
        EnvoyResource free = caller.last().of(ResourceType.CLUSTER).get("t|10.9.0.2:90");

        world.limit("b", 1);
        world.after(1000);
        EnvoyResource limited = caller.last().of(ResourceType.CLUSTER).get("t|10.9.0.2:90");
        assertThat(limited).isNotEqualTo(free);
        int told = caller.sets.size();

        world.limit("c", 1);
        world.after(1000);
        assertThat(caller.sets).hasSize(told);
        assertThat(called.sets).hasSize(before);
    }

    @Test
    void limitsOfRatesReachThePodsOfTheServiceAndNobodyElse() {
        permissiveMesh();
        Told caller = world.join("a");
        world.ask(caller, 1, "10.9.0.2", 90);
        Told called = world.join("b");
        int before = caller.sets.size();
        EnvoyResource free = called.last().of(ResourceType.LISTENER).get("inbound-listener");

        world.rate("b", 1);
        world.after(1000);
        EnvoyResource limited = called.last().of(ResourceType.LISTENER).get("inbound-listener");
        assertThat(limited).isNotEqualTo(free);

        world.rate("b", 2);
        world.after(1000);
        assertThat(called.last().of(ResourceType.LISTENER).get("inbound-listener"))
                .isNotEqualTo(limited);
        assertThat(caller.sets).hasSize(before);
    }

    @Test
    void aNewCertificateReachesItsOwnProxyOnly() {
        world.pods(TestWorld.POD_A, TestWorld.POD_B);
        world.after(1000);
        Told a = world.join("a");
        Told b = world.join("b");

        world.renew(new ServiceAccount("ns", "a"));
        world.after(1000);

        assertThat(a.sets).hasSize(2);
        assertThat(b.sets).hasSize(1);
        assertThat(world.issues).as("nobody else is looked at").containsEntry("b", 1);
        EnvoyResource before = a.sets.getFirst().of(ResourceType.SECRET).get("service-cert");
        assertThat(a.last().of(ResourceType.SECRET).get("service-cert")).isNotEqualTo(before);
    }

    @Test
    void whatCannotBeIssuedNowIsTriedAgain() {
        world.pods(TestWorld.POD_A);
        world.after(1000);
        world.issuerFails = true;
        Told told = world.join("a");
        world.after(2500);
        assertThat(told.sets).isEmpty();

        world.issuerFails = false;
        world.after(1000);

        assertThat(told.sets).hasSize(1);
    }

    @Test
    void whoCannotBeServedCostsNobodyElseAnything() {
        world.pods(TestWorld.POD_A, TestWorld.POD_B);
        world.unlucky = "a";
        world.after(1000);
        world.join("b");
        Told told = world.join("a");
        world.after(7_500);
        assertThat(told.sets).isEmpty();
        assertThat(world.issues).containsEntry("a", 8).containsEntry("b", 1);

        world.after(1_000);
        assertThat(told.end).startsWith("not ready").contains("cannot be made now");
    }

    @Test
    void whoFailsLaterDoesNotPutOffTheOthers() {
        world.pods(TestWorld.POD_A, TestWorld.POD_B);
        world.issuerFails = true;
        world.after(1000);
        world.join("a");
        for (int half = 0; half < 10; half++) {
            world.after(500);
            world.leave(world.join("b"));
        }
        assertThat(world.issues)
                .hasEntrySatisfying("a", tries -> assertThat(tries).isEqualTo(6));
    }

    @Test
    void whoComesWhenTheHouseIsFullIsAskedToComeBack() {
        world.mostConnections = 1;
        world.pods(TestWorld.POD_A, TestWorld.POD_B);
        world.after(1000);

        Told first = world.join("a");
        Told second = world.join("b");

        assertThat(first.sets).hasSize(1);
        assertThat(second.sets).isEmpty();
        assertThat(second.end).startsWith("not ready").contains("errTooManyConnections");
    }

    /** The order of events, their grouping in time and the moment a proxy connects must not show in what it has at the end. */
    @Test
    void whateverTheOrderOfEventsTheBytesAreEqual() {
        List<ResourceSet> ends = new ArrayList<>();
        for (int seed = 0; seed < 400; seed++) {
            ends.add(end(new Random(seed)));
        }

        assertThat(ends.getFirst().size()).isGreaterThan(8);
        assertThat(ends).allSatisfy(end -> assertThat(end).isEqualTo(ends.getFirst()));
    }

    private static ResourceSet end(Random random) {
        TestWorld world = new TestWorld();
        List<Runnable> events = new ArrayList<>(world.arrivals());
        for (int count = 0; count < 20; count++) {
            events.add(noise(world, random));
        }
        Collections.shuffle(events, random);
        int joins = random.nextInt(events.size());
        Told told = new Told();
        for (int index = 0; index < events.size(); index++) {
            events.get(index).run();
            if (index == joins) {
                told = world.join("a");
            }
        }
        world.arrivals().forEach(Runnable::run);
        world.permissive(false);
        world.after(2000);
        return told.end.isEmpty() ? told.last() : world.join("a").last();
    }

    private static Runnable noise(TestWorld world, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> () -> world.after(random.nextInt(300));
            case 1 -> () -> world.permissive(random.nextBoolean());
            case 2 -> world::everythingIsUnseen;
            default -> () -> world.forget(random.nextInt(10));
        };
    }
}
