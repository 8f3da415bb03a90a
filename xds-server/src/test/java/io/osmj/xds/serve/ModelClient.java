package io.osmj.xds.serve;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A client that keeps what it is sent as the protocol says, refuses some of it, is slow, forgets and comes back. */
final class ModelClient implements NackListener {
    private final Random random;
    private final Predicate<EnvoyResource> bad;
    private final Map<ResourceType, TreeMap<String, String>> content = new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, TreeSet<String>> names = new EnumMap<>(ResourceType.class);
    private final Deque<DeltaAnswer> unread = new ArrayDeque<>();
    private final Deque<Demand> demands = new ArrayDeque<>();
    private final Set<String> found = new TreeSet<>();

    /** What the client brought into this stream, by type and name: it may use it although it did not ask for it itself. */
    private final Set<String> brought = new TreeSet<>();

    /** What stands as refused, and how many resources are in the answer that is being refused. */
    private final Set<String> accused = new TreeSet<>();

    private int judged;

    private ResourceSet always = ResourceSet.empty();
    private ResourceSet onDemand = ResourceSet.empty();
    private ResourceSet wanted = ResourceSet.empty();
    private long answered;
    private StreamState server;
    private long now;

    private final Conduct conduct = new Conduct(StreamLimits.DEFAULT);

    ModelClient(Random random, Predicate<EnvoyResource> bad) {
        this.random = random;
        this.bad = bad;
        this.server = new StreamState(Samples.BOOKSTORE, Protocol.DELTA, StreamLimits.DEFAULT, this, conduct, () -> {});
        for (ResourceType type : ResourceType.values()) {
            content.put(type, new TreeMap<>());
            names.put(type, new TreeSet<>());
        }
    }

    /** The source changes: what the client is to have anyway, and what else exists and it may ask for by name. */
    void want(ResourceSet anyway, ResourceSet ifAskedFor) {
        always = anyway;
        onDemand = ifAskedFor;
        tell();
    }

    private void tell() {
        wanted = known(found::contains);
        server.resources(wanted, answered);
    }

    private ResourceSet known(Predicate<String> asked) {
        List<EnvoyResource> all = new ArrayList<>();
        for (ResourceType type : ResourceType.values()) {
            all.addAll(always.of(type).values());
            onDemand.of(type).forEach((name, resource) -> {
                if (type.wildcard()
                        && asked.test(type + " " + name)
                        && !always.of(type).containsKey(name)) {
                    all.add(resource);
                }
            });
        }
        return ResourceSet.of(all);
    }

    /** Lets the source answer all that it was asked. */
    boolean answer() {
        if (demands.isEmpty()) {
            return false;
        }
        for (Demand demand : demands) {
            assertThat(demand.ticket()).isEqualTo(++answered);
            demand.names().forEach(name -> found.add(demand.type() + " " + name));
        }
        demands.clear();
        tell();
        return true;
    }

    Map<String, String> content(ResourceType type) {
        return content.getOrDefault(type, new TreeMap<>());
    }

    /** What it should have of a type, if it refuses nothing. */
    Map<String, String> due(ResourceType type) {
        TreeMap<String, String> due = new TreeMap<>();
        known(name -> asked(type).contains(name.substring(name.indexOf(' ') + 1))
                        || (brought.contains(name) && found.contains(name)))
                .of(type)
                .forEach((name, resource) -> {
                    if (covers(type, name)) {
                        due.put(name, resource.version());
                    }
                });
        return due;
    }

    private boolean covers(ResourceType type, String name) {
        return type.wildcard() || asked(type).contains(name);
    }

    private Set<String> asked(ResourceType type) {
        return names.getOrDefault(type, new TreeSet<>());
    }

    /** Opens a new stream and says what it has. */
    void connect() {
        end();
        server = new StreamState(Samples.BOOKSTORE, Protocol.DELTA, StreamLimits.DEFAULT, this, conduct, () -> {});
        unread.clear();
        demands.clear();
        found.clear();
        brought.clear();
        content.forEach((type, held) -> held.keySet().forEach(name -> brought.add(type + " " + name)));
        answered = 0;
        if (random.nextBoolean()) {
            tell();
        }
        for (ResourceType type : ResourceType.values()) {
            if (type.wildcard() || !asked(type).isEmpty()) {
                List<String> subscribe = new ArrayList<>(asked(type));
                if (type.wildcard() && !subscribe.isEmpty()) {
                    subscribe.add(Interest.ALL);
                }
                send(new DeltaRequest(type, subscribe, List.of(), Map.copyOf(content(type)), "", Optional.empty()));
            }
        }
        tell();
    }

    /** Ends the stream: then nothing stands as refused. */
    void end() {
        server.end();
        assertThat(accused).isEmpty();
    }

    void ask(ResourceType type, String name) {
        asked(type).add(name);
        send(new DeltaRequest(type, List.of(name), List.of(), Map.of(), "", Optional.empty()));
    }

    void forget(ResourceType type, String name) {
        if (asked(type).remove(name)) {
            content(type).remove(name);
            send(new DeltaRequest(type, List.of(), List.of(name), Map.of(), "", Optional.empty()));
        }
    }

    private void send(DeltaRequest request) {
        var _ = server.request(request, now);
        demands.addAll(server.demands(now));
    }

    void pass(Duration time) {
        now += time.toNanos();
        demands.addAll(server.demands(now));
    }

    /** Lets the server write, if it wants to, one response. */
    boolean write() {
        Optional<DeltaAnswer> answer = server.next(now);
        answer.ifPresent(this::written);
        return answer.isPresent();
    }

    /** Nothing is told to be missing that is there, or that the source has not answered for. */
    private void written(DeltaAnswer answer) {
        unread.add(answer);
        Map<String, EnvoyResource> there = wanted.of(answer.type());
        assertThat(answer.removed()).noneMatch(there::containsKey).noneMatch(name -> isAwaited(answer.type(), name));
    }

    private boolean isAwaited(ResourceType type, String name) {
        return demands.stream()
                .anyMatch(demand -> demand.type() == type && demand.names().contains(name));
    }

    /** Takes one response, if there is one. */
    boolean read() {
        DeltaAnswer answer = unread.poll();
        if (answer == null) {
            return false;
        }
        boolean refuses = answer.resources().stream().anyMatch(bad);
        boolean takesTheGood = !refuses || random.nextBoolean();
        Map<String, String> has = content(answer.type());
        for (EnvoyResource resource : answer.resources()) {
            if (takesTheGood && !bad.test(resource) && covers(answer.type(), resource.name())) {
                has.put(resource.name(), resource.version());
            }
        }
        if (takesTheGood) {
            answer.removed().forEach(has::remove);
        }
        Optional<String> refusal = refuses ? Optional.of("no") : Optional.empty();
        judged = answer.resources().size();
        send(new DeltaRequest(answer.type(), List.of(), List.of(), Map.of(), answer.nonce(), refusal));
        judged = 0;
        return true;
    }

    /** Reads and writes until nothing comes for five minutes. */
    void settle() {
        for (int quiet = 0; quiet < 300; quiet++) {
            while (answer() || write() || read()) {
                quiet = 0;
            }
            pass(Duration.ofSeconds(1));
        }
    }

    /** One is said to be at fault only if it was refused alone. */
    @Override
    public void refused(Nack nack) {
        if (nack.isolated()) {
            assertThat(judged).isLessThan(2);
            accused.add(nack.type() + " " + nack.names().getFirst());
        }
    }

    @Override
    public void settled(ProxyIdentity proxy, ResourceType type, String name) {
        accused.remove(type + " " + name);
    }
}
