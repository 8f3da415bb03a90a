package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static io.osmj.xds.resource.ResourceType.ENDPOINT;
import static io.osmj.xds.resource.ResourceType.LISTENER;
import static io.osmj.xds.resource.ResourceType.ROUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever changes, and whenever a client that works as Envoy does takes it in or comes back: at no moment does its route lead to a
 * cluster that it does not have, nor are its endpoints newer than their cluster.
 */
final class BreakTest implements NackListener {
    private static final int NAMES = 4;
    private static final int RUNS = Integer.getInteger("simulation.runs", 20);

    private Random random = new Random(0);
    private Conduct conduct = new Conduct(StreamLimits.DEFAULT);
    private StreamState server = opened();
    private long now;

    private ResourceSet wanted = ResourceSet.empty();
    private long answered;
    private final Map<String, Integer> versions = new TreeMap<>();
    private String routed = "n0";

    private final Deque<DeltaAnswer> unread = new ArrayDeque<>();

    /** What it has, by type and name, in the version it has. */
    private final Map<ResourceType, Map<String, EnvoyResource>> has = new EnumMap<>(ResourceType.class);

    private final Map<ResourceType, Set<String>> asked = new EnumMap<>(ResourceType.class);

    /** Clusters that wait for their endpoints, by the answer that is acknowledged then. */
    private final Map<DeltaAnswer, Set<String>> warming = new HashMap<>();

    private StreamState opened() {
        return new StreamState(Samples.BOOKSTORE, Protocol.DELTA, StreamLimits.DEFAULT, this, conduct, () -> {});
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void nothingIsBrokenOnTheWay(long seed) {
        for (int run = 0; run < RUNS; run++) {
            random = new Random(seed * 1_000 + run);
            begin();
            for (int step = 0; step < 200; step++) {
                step();
            }
            for (int second = 0; second < 10; second++) {
                takeAll();
                pass(1_000);
            }
            assertThat(has.get(CLUSTER)).as("run %d", run).isEqualTo(wanted.of(CLUSTER));
            assertThat(has.get(ROUTE)).as("run %d", run).isEqualTo(wanted.of(ROUTE));
            assertThat(has.get(LISTENER)).as("run %d", run).isEqualTo(wanted.of(LISTENER));
            assertThat(has.get(ENDPOINT)).as("run %d", run).containsAllEntriesOf(wanted.of(ENDPOINT));
        }
    }

    private void begin() {
        now = 0;
        conduct = new Conduct(StreamLimits.DEFAULT);
        versions.clear();
        versions.put("n0", 1);
        routed = "n0";
        for (ResourceType type : ResourceType.values()) {
            has.put(type, new TreeMap<>());
            asked.put(type, new TreeSet<>());
        }
        connect();
        want();
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0 -> change();
            case 1 -> pass(random.nextInt(500));
            case 2 -> {
                if (random.nextInt(6) == 0) {
                    connect();
                }
            }
            case 3, 4, 5, 6 -> server.next(now).ifPresent(unread::add);
            default -> take();
        }
    }

    /** A cluster more, another version of one with its endpoints, a route to another one, and what is routed to no more is gone. */
    private void change() {
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            versions.merge("n" + random.nextInt(NAMES), 1, Integer::sum);
        }
        List<String> names = List.copyOf(versions.keySet());
        routed = names.get(random.nextInt(names.size()));
        if (random.nextBoolean()) {
            versions.keySet().removeIf(name -> !name.equals(routed) && random.nextInt(3) == 0);
        }
        want();
    }

    private void want() {
        List<EnvoyResource> resources = new ArrayList<>();
        versions.forEach((name, version) -> {
            resources.add(Samples.cluster(name, version));
            resources.add(Samples.endpoints(name, version));
        });
        resources.add(Samples.route("r", routed));
        resources.add(Samples.listener("l", versions.getOrDefault(routed, 1), "r"));
        wanted = ResourceSet.of(resources);
        server.resources(wanted, answered);
    }

    /** Time passes, but not so much that the server loses its patience with an answer. */
    private void pass(long millis) {
        takeAll();
        now += Duration.ofMillis(millis).toNanos();
    }

    private void takeAll() {
        boolean more = true;
        while (more) {
            server.next(now).ifPresent(unread::add);
            more = take();
        }
    }

    private void connect() {
        server.end();
        unread.clear();
        warming.clear();
        answered = 0;
        server = opened();
        for (ResourceType type : List.of(CLUSTER, ENDPOINT, LISTENER, ROUTE)) {
            if (type.wildcard() || !asked(type).isEmpty()) {
                Map<String, String> held = new TreeMap<>();
                has(type).forEach((name, resource) -> held.put(name, resource.version()));
                send(new DeltaRequest(type, List.copyOf(asked(type)), List.of(), held, "", Optional.empty()));
            }
        }
        if (wanted.size() > 0) {
            server.resources(wanted, answered);
        }
    }

    private void send(DeltaRequest request) {
        var _ = server.request(request, now);
        for (Demand demand : server.demands(now)) {
            answered = demand.ticket();
        }
        if (answered > 0) {
            server.resources(wanted, answered);
        }
    }

    private void ask(ResourceType type, String name) {
        if (asked(type).add(name)) {
            send(new DeltaRequest(type, List.of(name), List.of(), Map.of(), "", Optional.empty()));
        }
    }

    private boolean take() {
        DeltaAnswer answer = unread.poll();
        if (answer == null) {
            return false;
        }
        switch (answer.type()) {
            case CLUSTER -> clusters(answer);
            case ENDPOINT -> endpoints(answer);
            default -> {
                keep(answer);
                send(answer.acknowledgement());
                answer.resources().forEach(resource -> {
                    if (answer.type() == LISTENER) {
                        ask(ROUTE, "r");
                    }
                });
            }
        }
        whole(answer);
        return true;
    }

    private void keep(DeltaAnswer answer) {
        answer.resources().forEach(resource -> has(answer.type()).put(resource.name(), resource));
        answer.removed().forEach(has(answer.type())::remove);
    }

    /** They are warm, and acknowledged, when their endpoints have come. */
    private void clusters(DeltaAnswer answer) {
        keep(answer);
        Set<String> waiting = new HashSet<>();
        answer.resources().forEach(cluster -> waiting.add(cluster.name()));
        for (String name : answer.removed()) {
            if (asked(ENDPOINT).remove(name)) {
                has(ENDPOINT).remove(name);
                send(new DeltaRequest(ENDPOINT, List.of(), List.of(name), Map.of(), "", Optional.empty()));
            }
        }
        if (waiting.isEmpty()) {
            send(answer.acknowledgement());
        } else {
            warming.put(answer, waiting);
            waiting.forEach(name -> ask(ENDPOINT, name));
        }
    }

    private void endpoints(DeltaAnswer answer) {
        for (EnvoyResource resource : answer.resources()) {
            EnvoyResource cluster = has(CLUSTER).get(resource.name());
            if (cluster != null) {
                int port = port(resource);
                assertThat(port).as("endpoints of %s", cluster).isLessThanOrEqualTo(timeout(cluster));
            }
        }
        keep(answer);
        send(answer.acknowledgement());
        List<DeltaAnswer> warm = new ArrayList<>();
        warming.forEach((waiting, names) -> {
            answer.resources().forEach(resource -> names.remove(resource.name()));
            names.removeIf(name -> !has(CLUSTER).containsKey(name));
            if (names.isEmpty()) {
                warm.add(waiting);
            }
        });
        warming.keySet().removeAll(warm);
        warm.forEach(waiting -> send(waiting.acknowledgement()));
    }

    private static int port(EnvoyResource endpoints) {
        for (int port = 1; ; port++) {
            if (Samples.endpoints(endpoints.name(), port).version().equals(endpoints.version())) {
                return port;
            }
        }
    }

    private static int timeout(EnvoyResource cluster) {
        for (int timeout = 1; ; timeout++) {
            if (Samples.cluster(cluster.name(), timeout).version().equals(cluster.version())) {
                return timeout;
            }
        }
    }

    private void whole(DeltaAnswer last) {
        EnvoyResource route = has(ROUTE).get("r");
        if (route != null) {
            assertThat(has(CLUSTER).keySet())
                    .as("after %s: a route to a cluster that is not there", last)
                    .anyMatch(name -> Samples.route("r", name).version().equals(route.version()));
        }
    }

    private Map<String, EnvoyResource> has(ResourceType type) {
        return has.computeIfAbsent(type, _ -> new TreeMap<>());
    }

    private Set<String> asked(ResourceType type) {
        return asked.computeIfAbsent(type, _ -> new TreeSet<>());
    }

    @Override
    public void refused(Nack nack) {}

    @Override
    public void settled(ProxyIdentity proxy, ResourceType type, String name) {}
}
