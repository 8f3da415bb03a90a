package io.osmj.xds.serve;

import static java.util.Objects.requireNonNull;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A state-of-the-world client of one stream: it keeps what it is sent as the protocol says, and the time. */
final class WorldDriver implements NackListener {
    final List<Nack> nacks = new ArrayList<>();
    private final Conduct conduct = new Conduct(StreamLimits.DEFAULT);
    final StreamState state = new StreamState(
            Samples.BOOKSTORE, Protocol.STATE_OF_THE_WORLD, StreamLimits.DEFAULT, this, conduct, () -> {});
    final Map<ResourceType, List<String>> names = new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, World> worlds = new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, String> nonces = new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, Map<String, String>> content = new EnumMap<>(ResourceType.class);
    private long now;

    static WorldDriver with(EnvoyResource... resources) {
        WorldDriver client = new WorldDriver();
        client.set(resources);
        return client;
    }

    void set(EnvoyResource... resources) {
        answer(0, resources);
    }

    void answer(long ticket, EnvoyResource... resources) {
        state.resources(ResourceSet.of(List.of(resources)), ticket);
    }

    void pass(Duration time) {
        now += time.toNanos();
    }

    /** Asks for exactly these from now on. */
    void ask(ResourceType type, String... wanted) {
        names.put(type, List.of(wanted));
        send(type, nonces.getOrDefault(type, ""), Optional.empty());
    }

    /** A request with a nonce of the test's choice. */
    void send(ResourceType type, String nonce, Optional<String> refusal) {
        WorldRequest request = new WorldRequest(type, names.getOrDefault(type, List.of()), nonce, refusal);
        var _ = state.request(worlds.computeIfAbsent(type, World::new).read(request), now);
    }

    void ack(WorldAnswer answer) {
        Map<String, String> has = content.computeIfAbsent(answer.type(), _ -> new TreeMap<>());
        if (answer.type().wildcard()) {
            has.clear();
        }
        answer.resources().forEach(resource -> has.put(resource.name(), resource.version()));
        nonces.put(answer.type(), answer.nonce());
        send(answer.type(), answer.nonce(), Optional.empty());
    }

    /** Keeps what it had. */
    void nack(WorldAnswer answer, String text) {
        nonces.put(answer.type(), answer.nonce());
        send(answer.type(), answer.nonce(), Optional.of(text));
    }

    /** What it has, by name and version. */
    Map<String, String> content(ResourceType type) {
        return content.getOrDefault(type, Map.of());
    }

    /** One answer, if there is one now. */
    Optional<WorldAnswer> next() {
        for (Optional<DeltaAnswer> delta = state.next(now); delta.isPresent(); delta = state.next(now)) {
            World world = requireNonNull(worlds.get(delta.get().type()));
            Optional<WorldAnswer> answer = world.write(delta.get());
            if (answer.isPresent()) {
                return answer;
            }
            var _ = state.request(delta.get().acknowledgement(), now);
        }
        return Optional.empty();
    }

    List<WorldAnswer> drain() {
        List<WorldAnswer> answers = new ArrayList<>();
        for (Optional<WorldAnswer> next = next(); next.isPresent(); next = next()) {
            answers.add(next.get());
        }
        return answers;
    }

    List<WorldAnswer> settle() {
        return settle(_ -> false);
    }

    /** Takes answers until none comes, and refuses those that bring something bad. */
    List<WorldAnswer> settle(Predicate<EnvoyResource> bad) {
        List<WorldAnswer> answers = new ArrayList<>();
        for (Optional<WorldAnswer> next = next(); next.isPresent(); next = next()) {
            WorldAnswer answer = next.get();
            answers.add(answer);
            if (answer.resources().stream().anyMatch(bad)) {
                nack(answer, "no");
            } else {
                ack(answer);
            }
        }
        return answers;
    }

    static List<String> brief(List<WorldAnswer> answers) {
        return answers.stream().map(WorldDriver::brief).toList();
    }

    private static String brief(WorldAnswer answer) {
        List<String> parts =
                answer.resources().stream().map(EnvoyResource::name).toList();
        return (answer.type() + " " + String.join(" ", parts)).strip();
    }

    @Override
    public void refused(Nack nack) {
        nacks.add(nack);
    }

    @Override
    public void settled(ProxyIdentity proxy, ResourceType type, String name) {}
}
