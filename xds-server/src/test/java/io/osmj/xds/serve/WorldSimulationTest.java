package io.osmj.xds.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens on the way, in the end a state-of-the-world client has what it is to have. */
final class WorldSimulationTest {
    private static final int RUNS = Integer.getInteger("simulation.runs", 20);
    private static final int NAMES = 6;

    private final Deque<WorldAnswer> unread = new ArrayDeque<>();
    private WorldDriver client = new WorldDriver();
    private ResourceSet wanted = ResourceSet.empty();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyClientEndsWithWhatItIsToHave(long seed) {
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(seed * 1_000 + run);
            client = new WorldDriver();
            unread.clear();
            want(SimulationTest.anySet(random, true));
            client.ask(ResourceType.CLUSTER);
            client.ask(ResourceType.LISTENER);
            for (int step = 0; step < 120; step++) {
                step(random);
            }
            settle();
            want(SimulationTest.anySet(random, false));
            settle();
            for (ResourceType type : SimulationTest.TYPES) {
                assertThat(client.content(type)).as("%s, run %s", type, run).containsAllEntriesOf(due(type));
                if (type.wildcard()) {
                    assertThat(client.content(type)).isEqualTo(due(type));
                }
            }
        }
    }

    private void step(Random random) {
        ResourceType named = random.nextBoolean() ? ResourceType.ENDPOINT : ResourceType.ROUTE;
        switch (random.nextInt(8)) {
            case 0 -> want(SimulationTest.anySet(random, true));
            case 1 -> client.ask(named, someNames(random));
            case 2 -> client.pass(Duration.ofMillis(random.nextInt(7_000)));
            case 3, 4 -> client.next().ifPresent(unread::add);
            default -> read();
        }
    }

    private static String[] someNames(Random random) {
        List<String> names = new ArrayList<>();
        for (int name = 0; name < NAMES; name++) {
            if (random.nextBoolean()) {
                names.add("n" + name);
            }
        }
        return names.toArray(String[]::new);
    }

    private void want(ResourceSet set) {
        wanted = set;
        client.state.resources(set, 0);
    }

    private boolean read() {
        WorldAnswer answer = unread.poll();
        if (answer == null) {
            return false;
        }
        if (answer.resources().stream().anyMatch(SimulationTest::isBad)) {
            client.nack(answer, "no");
        } else {
            client.ack(answer);
        }
        return true;
    }

    private void settle() {
        for (int quiet = 0; quiet < 300; quiet++) {
            client.next().ifPresent(unread::add);
            while (read()) {
                client.next().ifPresent(unread::add);
                quiet = 0;
            }
            client.pass(Duration.ofSeconds(1));
        }
    }

    private Map<String, String> due(ResourceType type) {
        Map<String, String> due = new TreeMap<>();
        for (EnvoyResource resource : wanted.of(type).values()) {
            if (type.wildcard() || client.names.getOrDefault(type, List.of()).contains(resource.name())) {
                due.put(resource.name(), resource.version());
            }
        }
        return due;
    }
}
