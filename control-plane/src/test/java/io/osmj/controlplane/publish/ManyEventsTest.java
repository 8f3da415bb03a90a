package io.osmj.controlplane.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.service.ServicePort;
import io.osmj.core.state.PodState;
import io.osmj.xds.resource.ResourceSet;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever came before, and in whatever steps: each proxy has the bytes that a control plane would send that starts now. */
class ManyEventsTest {
    private static final int EVENTS = 10_000;
    private static final int BETWEEN_LOOKS = 20;
    private static final int MOST_STREAMS = 8;

    private static final PodState REPLICA = new PodState(
            "ns", "pod-a2", "uid-a2", "10.0.0.8", TestWorld.POD_A.account(), true, false, List.of(), false);

    private final TestWorld world = new TestWorld();
    private final List<TestWorld.Told> streams = new ArrayList<>();
    private int compared;
    private int answered;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everyProxyHasTheBytesOfAFreshStart(long seed) {
        Random random = new Random(seed);
        world.arrivals().forEach(Runnable::run);
        for (int event = 1; event <= EVENTS; event++) {
            if (random.nextInt(3) == 0) {
                stream(random, event);
            } else {
                mesh(random);
            }
            if (event % BETWEEN_LOOKS == 0) {
                world.issuerFails = false;
                world.after(3000);
                compare(event);
            }
        }
        assertThat(compared).as("comparisons of a proxy").isGreaterThan(EVENTS / BETWEEN_LOOKS);
        assertThat(answered).as("questions").isGreaterThan(EVENTS / 10);
    }

    private void compare(int event) {
        leaveThoseSentAway();
        IdentityHashMap<TestWorld.Told, TestWorld.Told> anew = world.restarted(streams);
        for (TestWorld.Told told : streams) {
            List<ResourceSet> expected = anew.getOrDefault(told, told).sets;
            assertThat(told.sets.isEmpty()).as("event %d", event).isEqualTo(expected.isEmpty());
            if (!expected.isEmpty()) {
                assertThat(told.last()).as("event %d", event).isEqualTo(expected.getLast());
                compared++;
            }
        }
    }

    private void leaveThoseSentAway() {
        streams.stream().filter(told -> !told.end.isEmpty()).forEach(world::leave);
        streams.removeIf(told -> !told.end.isEmpty());
    }

    private void stream(Random random, int event) {
        leaveThoseSentAway();
        TestWorld.Told told = streams.isEmpty() ? join(random) : streams.get(random.nextInt(streams.size()));
        switch (random.nextInt(10)) {
            case 0 -> join(random);
            case 1 -> {
                world.leave(told);
                streams.remove(told);
            }
            case 2 -> world.ask(told, event, new ServicePort("ns", random.nextBoolean() ? "a" : "c", 80));
            case 3, 4 -> world.ask(told, event, "10.9.9." + random.nextInt(200), 80 + random.nextInt(2));
            default -> ask(random, told, event);
        }
        answered += told.answered == event ? 1 : 0;
    }

    private void ask(Random random, TestWorld.Told told, int event) {
        switch (random.nextInt(4)) {
            case 0 -> world.ask(told, event, "10.9.0.1", 80);
            case 1 -> world.ask(told, event, "10.9.0.2", 90);
            case 2 -> world.ask(told, event, "10.0.0.2", 8081);
            default -> world.ask(told, event, "10.0.0.1", 8080);
        }
    }

    private TestWorld.Told join(Random random) {
        if (streams.size() == MOST_STREAMS) {
            world.leave(streams.removeFirst());
        }
        TestWorld.Told told = random.nextInt(3) == 0
                ? world.join(new ProxyIdentity(REPLICA.account(), REPLICA.name(), REPLICA.uid()))
                : world.join(random.nextBoolean() ? "a" : "b");
        streams.add(told);
        return told;
    }

    private void mesh(Random random) {
        switch (random.nextInt(16)) {
            case 0 -> world.permissive(random.nextInt(3) > 0);
            case 1 -> world.egress(random.nextBoolean());
            case 2 -> world.egress("a", random.nextBoolean() ? "one.example.com" : "two.example.com");
            case 3 -> world.retry("a", "c", 1 + random.nextInt(3));
            case 4 -> world.limit("b", 1 + random.nextInt(3));
            case 5 -> world.rate("c", 1 + random.nextInt(3));
            case 6 -> world.renew(new ServiceAccount("ns", random.nextBoolean() ? "a" : "b"));
            case 7 -> world.issuerFails = random.nextInt(4) == 0;
            case 8 -> world.everythingIsUnseen();
            case 9 -> world.arrive(REPLICA);
            case 10, 11 -> world.after(random.nextInt(300));
            case 12 -> world.forget(random.nextInt(14));
            default -> world.arrivals().get(random.nextInt(10)).run();
        }
    }
}
