package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sidecar that asks for more than is remembered, in random orders of all that may happen, with limits that are hit at once. */
final class RoomSimulationTest {
    private static final int MOST = 8;
    private static final int MOST_LIVE = 2;
    private static final StreamLimits LIMITS = new StreamLimits(
            Duration.ofSeconds(1), Duration.ofSeconds(1), 1 << 20, MOST, 9, new StreamLimits.Demand(20, 20, MOST_LIVE));

    private final Conduct conduct = new Conduct(LIMITS);
    private Random random = new Random(0);
    private StreamState server = opened();
    private final Deque<DeltaAnswer> unread = new ArrayDeque<>();
    private final Deque<Demand> demands = new ArrayDeque<>();
    private final Map<String, String> content = new HashMap<>();
    private final Set<String> asked = new TreeSet<>();
    private final Set<String> known = new TreeSet<>();
    private final Map<String, Integer> eager = new HashMap<>();
    private final Map<String, Integer> onDemand = new HashMap<>();
    private Map<String, EnvoyResource> wanted = Map.of();
    private String last = "";

    /** Whether the client asks for all there is, too, as a sidecar does; else only what it asks for by name. */
    private boolean all;

    private long answered;
    private long now;

    static LongStream seeds() {
        return LongStream.range(1, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasAskedForLastIsAnsweredAndTheClientHasWhatTheSourceSays(long seed) {
        random = new Random(seed);
        all = random.nextBoolean();
        connect();
        for (int round = 0; round < 10; round++) {
            for (int step = 0; step < 60; step++) {
                step();
            }
            settle();
            assertSynchronized(round);
            ask(1);
            change();
            settle();
            assertSynchronized(round);
            if (onDemand.containsKey(last)) {
                assertThat(content).as("round %s", round).containsKey(last);
            }
        }
    }

    private void assertSynchronized(int round) {
        Map<String, String> due = new HashMap<>();
        wanted.forEach((name, resource) -> {
            if (all || content.containsKey(name)) {
                due.put(name, resource.version());
            }
        });
        assertThat(content).as("round %s", round).isEqualTo(due);
    }

    private void step() {
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> ask(1);
            case 3 -> ask(1 + random.nextInt(4));
            case 4 -> giveUp();
            case 5 -> change();
            case 6 -> pass(Duration.ofMillis(random.nextInt(500)));
            case 7, 8 -> {
                boolean _ = answer();
            }
            case 9 -> {
                if (random.nextInt(8) == 0) {
                    connect();
                }
            }
            case 10, 11, 12 -> {
                boolean _ = write();
            }
            default -> {
                boolean _ = read();
            }
        }
    }

    private String any() {
        return "n" + random.nextInt(40);
    }

    private void ask(int count) {
        List<String> names = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            names.add(any());
        }
        last = names.getLast();
        asked.addAll(names);
        send(names, List.of(), Map.of(), "");
    }

    private void giveUp() {
        String name = any();
        if (asked.remove(name)) {
            last = name.equals(last) ? "" : last;
            if (!all) {
                content.remove(name);
            }
            send(List.of(), List.of(name), Map.of(), "");
        }
    }

    /** Of what is asked for by name, no more exist at any time than may be looked up. */
    private void change() {
        eager.clear();
        onDemand.clear();
        for (int number = 0; number < random.nextInt(3); number++) {
            eager.put("e" + random.nextInt(4), 1 + random.nextInt(2));
        }
        for (int number = 0; number < random.nextInt(MOST_LIVE + 1); number++) {
            onDemand.put(any(), 1 + random.nextInt(2));
        }
        if (random.nextBoolean() && !last.isEmpty() && onDemand.size() < MOST_LIVE) {
            onDemand.put(last, 1);
        }
        tell();
    }

    private void tell() {
        Map<String, EnvoyResource> all = new HashMap<>();
        eager.forEach((name, version) -> all.put(name, Samples.cluster(name, version)));
        onDemand.forEach((name, version) -> {
            if (known.contains(name)) {
                all.put(name, Samples.cluster(name, version));
            }
        });
        wanted = all;
        server.resources(ResourceSet.of(List.copyOf(all.values())), answered);
    }

    private boolean answer() {
        listen();
        if (demands.isEmpty()) {
            return false;
        }
        for (Demand demand : demands) {
            assertThat(demand.ticket()).isEqualTo(++answered);
        }
        demands.clear();
        tell();
        return true;
    }

    /** The source is told what to forget before what to look up, and is never made to remember too much. */
    private void listen() {
        server.forgotten().values().forEach(known::removeAll);
        server.released().values().forEach(known::removeAll);
        for (Demand demand : server.demands(now)) {
            demands.add(demand);
            known.addAll(demand.names());
        }
        assertThat(known).hasSizeLessThanOrEqualTo(MOST);
    }

    private StreamState opened() {
        NackListener nobody = new NackListener() {
            @Override
            public void refused(Nack nack) {}

            @Override
            public void settled(ProxyIdentity proxy, ResourceType type, String name) {}
        };
        return new StreamState(Samples.BOOKSTORE, Protocol.DELTA, LIMITS, nobody, conduct, () -> {});
    }

    private void connect() {
        server.end();
        server = opened();
        unread.clear();
        demands.clear();
        known.clear();
        answered = 0;
        tell();
        last = "";
        asked.add(any());
        List<String> names = new ArrayList<>(asked);
        if (all) {
            names.add("*");
        }
        send(names, List.of(), Map.copyOf(content), "");
    }

    private void send(List<String> subscribe, List<String> unsubscribe, Map<String, String> held, String nonce) {
        var _ = server.request(new DeltaRequest(CLUSTER, subscribe, unsubscribe, held, nonce, Optional.empty()), now);
        listen();
    }

    private void pass(Duration time) {
        now += time.toNanos();
        listen();
    }

    private boolean write() {
        listen();
        Optional<DeltaAnswer> answer = server.next(now);
        answer.ifPresent(written -> {
            unread.add(written);
            Set<String> brought =
                    written.resources().stream().map(EnvoyResource::name).collect(toSet());
            assertThat(written.removed())
                    .doesNotHaveDuplicates()
                    .noneMatch(brought::contains)
                    .noneMatch(wanted::containsKey);
        });
        return answer.isPresent();
    }

    private boolean read() {
        DeltaAnswer answer = unread.poll();
        if (answer == null) {
            return false;
        }
        answer.resources().stream()
                .filter(resource -> all || asked.contains(resource.name()))
                .forEach(resource -> content.put(resource.name(), resource.version()));
        answer.removed().forEach(content::remove);
        send(List.of(), List.of(), Map.of(), answer.nonce());
        return true;
    }

    private void settle() {
        for (int quiet = 0; quiet < 30; quiet++) {
            while (answer() || write() || read()) {
                quiet = 0;
            }
            pass(Duration.ofSeconds(1));
        }
    }
}
