package io.osmj.controlplane.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program in a pod that dials address after address must cost its own pod's answers and no more. */
class ManyQuestionsTest {
    private static final int MANY = 5_000;

    /** What a mesh of few may leave behind before it is looked through; see {@link Rendering}. */
    private static final int SPARE = 1_100;

    private final TestWorld world = new TestWorld();

    @BeforeEach
    void openMesh() {
        world.arrivals().forEach(Runnable::run);
        world.permissive(true);
        world.egress(true);
        world.after(1000);
    }

    private static String address(int number) {
        return "10.200." + number / 250 + "." + (1 + number % 250);
    }

    private void scan(Told told) {
        for (int number = 0; number < MANY; number++) {
            world.ask(told, number, address(number), 80);
        }
    }

    /** Without a round in between. */
    @Test
    void whoAsksForManyAddressesLeavesNothingBehindButTheAnswers() {
        Told told = world.join("a");
        int before = world.rendered().parts();
        for (int number = 0; number < MANY; number++) {
            world.ask(told, number, address(number), 80);
            assertThat(told.answered).isEqualTo(number);
            assertThat(world.rendered().wholes().plans()).hasSize(1);
            assertThat(world.rendered().parts()).isEqualTo(before + number + 1);
            told.sets.subList(0, told.sets.size() - 1).clear();
        }
        assertThat(told.last().of(ResourceType.CLUSTER)).hasSizeGreaterThanOrEqualTo(MANY);
    }

    /** An answer is of the very resources that were there, and so is the whole when it is made again. */
    @Test
    void aDestinationIsRenderedOnceForAllWhoAskAndForAllRounds() {
        Told told = world.join("a");
        scan(told);
        ResourceSet asked = told.sets.get(1);
        Told other = world.join("b");
        world.ask(other, 1, address(0), 80);

        world.renew(new ServiceAccount("ns", "a"));
        world.after(1000);

        assertThat(asked.of(ResourceType.CLUSTER)).containsKey(cluster(0));
        assertSame(asked, told.last());
        assertThat(other.last().of(ResourceType.CLUSTER).get(cluster(0)))
                .isSameAs(asked.of(ResourceType.CLUSTER).get(cluster(0)));
        assertSame(told.sets.get(MANY), told.last());
        assertThat(world.rendered().wholes().plans()).hasSize(2);
    }

    private static String cluster(int number) {
        return "h|" + address(number) + ":80";
    }

    private static void assertSame(ResourceSet before, ResourceSet after) {
        for (ResourceType type : ResourceType.values()) {
            if (type != ResourceType.SECRET) {
                Map<String, EnvoyResource> now = after.of(type);
                before.of(type)
                        .forEach((name, resource) ->
                                assertThat(now.get(name)).as(name).isSameAs(resource));
            }
        }
    }

    @Test
    void whatWasAskedForByStreamsThatEndedIsForgotten() {
        Told stays = world.join("b");
        world.ask(stays, 1, address(7), 80);
        for (int stream = 0; stream < 20; stream++) {
            Told told = world.join("a");
            for (int number = 0; number < 500; number++) {
                world.ask(told, number, address(stream * 500 % MANY + number), 80);
            }
            world.leave(told);
            assertThat(world.rendered().wholes().plans()).hasSize(1);
            assertThat(world.rendered().parts()).isLessThan(SPARE + 2 * 510);
        }
        world.after(601_000);
        assertThat(world.rendered().parts())
                .as("of one stream, with one answer")
                .isEqualTo(2);
    }

    @Test
    void whoJoinsAndLeavesLeavesNothingBehind() {
        for (int stream = 0; stream < 100; stream++) {
            Told told = world.join(stream % 2 == 0 ? "a" : "b");
            world.ask(told, 1, "10.9.0.2", 90);
            world.leave(told);
            assertThat(world.rendered().wholes().plans()).isEmpty();
        }
    }

    /** The proxy is answered and then told otherwise: what it was answered must not stay. */
    @Test
    void whatWasAnsweredIsTakenBackWhenItIsTrueNoMore() {
        Told told = world.join("a");
        ResourceSet before = told.last();
        world.ask(told, 1, address(0), 80);
        assertThat(told.last()).isNotEqualTo(before);

        world.egress(false);
        world.after(1000);
        world.egress(true);
        world.after(1000);
        assertThat(told.last().of(ResourceType.CLUSTER)).containsKey(cluster(0));

        world.egress(false);
        world.after(1000);
        assertThat(told.last().of(ResourceType.CLUSTER)).doesNotContainKey(cluster(0));
    }

    /** A round of many streams has parts; who asks before it is its turn must not be answered by what it had. */
    @Test
    void aQuestionBetweenAChangeAndItsRoundIsAnsweredByTheChange() {
        List<Told> streams = new ArrayList<>();
        for (int stream = 0; stream < 40; stream++) {
            streams.add(world.join("a"));
        }
        Told last = streams.getLast();
        world.ask(last, 1, address(0), 80);
        assertThat(last.last().of(ResourceType.CLUSTER)).containsKey(cluster(0));

        world.egress(false);
        world.next();
        assertThat(last.last().of(ResourceType.CLUSTER)).as("not its turn yet").containsKey(cluster(0));
        world.ask(last, 2, address(0), 80);

        assertThat(last.answered).isEqualTo(2);
        assertThat(last.last().of(ResourceType.CLUSTER)).doesNotContainKey(cluster(0));
    }

    /** What it was told last is old then, and it is not known how old. */
    @Test
    void aQuestionAfterAFailureIsAnsweredWhenItIsMended() {
        Told told = world.join("a");
        world.issuerFails = true;
        world.renew(new ServiceAccount("ns", "a"));
        world.after(100);
        world.ask(told, 1, "10.9.0.2", 90);
        assertThat(told.answered).isZero();

        world.issuerFails = false;
        world.after(2000);
        assertThat(told.answered).isEqualTo(1);
        assertThat(told.last().of(ResourceType.CLUSTER)).containsKey("t|10.9.0.2:90");
    }
}
