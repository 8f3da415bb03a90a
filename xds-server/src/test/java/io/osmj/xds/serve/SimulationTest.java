package io.osmj.xds.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens on the way, in the end a client has what it is to have. */
final class SimulationTest {
    static final List<ResourceType> TYPES =
            List.of(ResourceType.CLUSTER, ResourceType.ENDPOINT, ResourceType.LISTENER, ResourceType.ROUTE);
    private static final int BAD = 13;
    private static final int RUNS = Integer.getInteger("simulation.runs", 20);

    /** Built once: making protobufs is most of the work. */
    private static final List<List<EnvoyResource>> POOL = pool();

    private static List<List<EnvoyResource>> pool() {
        List<List<EnvoyResource>> pool = new ArrayList<>();
        for (int name = 0; name < 6; name++) {
            for (int variant = 1; variant <= 4; variant++) {
                int number = variant == 4 ? BAD : variant;
                pool.add(List.of(
                        Samples.cluster("n" + name, number),
                        Samples.endpoints("n" + name, number),
                        Samples.listener("n" + name, number, "n" + name),
                        Samples.route("n" + name, "cluster-" + number)));
            }
        }
        return pool;
    }

    private static final Set<String> BAD_VERSIONS = badVersions();

    private static Set<String> badVersions() {
        Set<String> versions = new HashSet<>();
        for (int index = 3; index < POOL.size(); index += 4) {
            POOL.get(index).forEach(resource -> versions.add(resource.version()));
        }
        return versions;
    }

    static boolean isBad(EnvoyResource resource) {
        return BAD_VERSIONS.contains(resource.version());
    }

    static ResourceSet anySet(Random random, boolean withBad) {
        List<EnvoyResource> resources = new ArrayList<>();
        for (int type = 0; type < TYPES.size(); type++) {
            for (int name = 0; name < 6; name++) {
                int variant = random.nextInt(withBad ? 5 : 4);
                if (variant > 0) {
                    resources.add(POOL.get(name * 4 + (variant - 1)).get(type));
                }
            }
        }
        return ResourceSet.of(resources);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void everyClientEndsWithWhatItIsToHave(long seed) {
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(seed * 1_000 + run);
            ModelClient client = new ModelClient(random, SimulationTest::isBad);
            client.want(anySet(random, true), anySet(random, true));
            client.connect();
            for (int step = 0; step < 120; step++) {
                step(client, random);
            }
            client.settle();
            for (ResourceType type : TYPES) {
                assertThat(client.content(type)).as("good %s", type).containsAllEntriesOf(good(client, type));
            }
            client.want(anySet(random, false), anySet(random, false));
            client.settle();
            for (ResourceType type : TYPES) {
                assertThat(client.content(type))
                        .as("all of %s, run %s", type, run)
                        .isEqualTo(client.due(type));
            }
            client.end();
        }
    }

    private static Map<String, String> good(ModelClient client, ResourceType type) {
        Map<String, String> good = new TreeMap<>(client.due(type));
        good.values().removeAll(BAD_VERSIONS);
        return good;
    }

    private static void step(ModelClient client, Random random) {
        ResourceType named = random.nextBoolean() ? ResourceType.ENDPOINT : ResourceType.ROUTE;
        ResourceType onDemand = random.nextBoolean() ? ResourceType.CLUSTER : ResourceType.LISTENER;
        String name = "n" + random.nextInt(7);
        switch (random.nextInt(14)) {
            case 0 -> client.want(anySet(random, true), anySet(random, true));
            case 1, 2 -> client.ask(named, name);
            case 3 -> client.forget(named, name);
            case 4 -> client.pass(Duration.ofMillis(random.nextInt(7_000)));
            case 5 -> {
                if (random.nextInt(4) == 0) {
                    client.connect();
                }
            }
            case 12 -> client.ask(onDemand, name);
            case 13 -> {
                boolean _ = client.answer();
            }
            case 6, 7, 8 -> client.write();
            default -> client.read();
        }
    }
}
