package io.osmj.xds.serve;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A client of one stream state, which says what it wants and keeps the time. */
final class StreamDriver implements NackListener {
    final List<Nack> nacks = new ArrayList<>();
    final List<String> settled = new ArrayList<>();
    StreamState state;
    private final StreamLimits limits;
    private final Conduct conduct;
    private long now = -1_000_000_000L;

    StreamDriver() {
        this(StreamLimits.DEFAULT);
    }

    StreamDriver(StreamLimits limits) {
        this.limits = limits;
        this.conduct = new Conduct(limits);
        this.state = opened();
    }

    private StreamState opened() {
        return new StreamState(Samples.BOOKSTORE, Protocol.DELTA, limits, this, conduct, () -> {});
    }

    /** Ends the stream and opens another. */
    void reconnect() {
        state.end();
        state = opened();
    }

    /** A stream that has a set and is past the time in which a client comes back. */
    static StreamDriver with(EnvoyResource... resources) {
        StreamDriver driver = new StreamDriver();
        driver.set(resources);
        return driver;
    }

    void set(EnvoyResource... resources) {
        answer(0, resources);
    }

    /** The same, and all that was asked of the source up to this ticket is in it. */
    void answer(long ticket, EnvoyResource... resources) {
        state.resources(ResourceSet.of(List.of(resources)), ticket);
    }

    /** The client has had so many names looked at, so that it is heard later. */
    void worked(long names) {
        conduct.worked(names, now);
    }

    /** What the source is asked now, in short: the ticket, the type and the names. */
    List<String> demands() {
        return state.demands(now).stream()
                .map(demand -> demand.ticket() + " " + demand.type() + " " + String.join(" ", demand.names()))
                .toList();
    }

    void pass(Duration time) {
        now += time.toNanos();
    }

    /** Asks for these; the first time without names for all of a wildcard type. */
    void subscribe(ResourceType type, String... names) {
        send(type, List.of(names), List.of(), Map.of());
    }

    void unsubscribe(ResourceType type, String... names) {
        send(type, List.of(), List.of(names), Map.of());
    }

    /** Comes back with what it has. */
    void comeBack(ResourceType type, List<String> names, EnvoyResource... held) {
        Map<String, String> versions = new TreeMap<>();
        for (EnvoyResource resource : held) {
            versions.put(resource.name(), resource.version());
        }
        send(type, names, List.of(), versions);
    }

    private void send(ResourceType type, List<String> subscribe, List<String> unsubscribe, Map<String, String> held) {
        var _ = state.request(new DeltaRequest(type, subscribe, unsubscribe, held, "", Optional.empty()), now);
    }

    void ack(DeltaAnswer answer) {
        var _ = state.request(
                new DeltaRequest(answer.type(), List.of(), List.of(), Map.of(), answer.nonce(), Optional.empty()), now);
    }

    void nack(DeltaAnswer answer, String text) {
        var _ = state.request(
                new DeltaRequest(answer.type(), List.of(), List.of(), Map.of(), answer.nonce(), Optional.of(text)),
                now);
    }

    /** All that may be sent now, unacknowledged. */
    List<DeltaAnswer> drain() {
        List<DeltaAnswer> answers = new ArrayList<>();
        for (Optional<DeltaAnswer> next = state.next(now); next.isPresent(); next = state.next(now)) {
            answers.add(next.get());
        }
        return answers;
    }

    /** Sends and acknowledges until there is nothing left to send now. */
    List<DeltaAnswer> settle() {
        return settle(_ -> false, "");
    }

    /** The same, but refuses the answers that match. */
    List<DeltaAnswer> settle(Predicate<DeltaAnswer> refused, String text) {
        List<DeltaAnswer> answers = new ArrayList<>();
        for (List<DeltaAnswer> some = drain(); !some.isEmpty(); some = drain()) {
            for (DeltaAnswer answer : some) {
                if (refused.test(answer)) {
                    nack(answer, text);
                } else {
                    ack(answer);
                }
            }
            answers.addAll(some);
        }
        return answers;
    }

    /** An answer in short: its type, what it brings, and with a dash what it takes away. */
    static String brief(DeltaAnswer answer) {
        List<String> parts = new ArrayList<>();
        answer.resources().forEach(resource -> parts.add(resource.name()));
        answer.removed().forEach(name -> parts.add("-" + name));
        return (answer.type() + " " + String.join(" ", parts)).strip();
    }

    static List<String> brief(List<DeltaAnswer> answers) {
        return answers.stream().map(StreamDriver::brief).toList();
    }

    static Predicate<DeltaAnswer> brings(String name) {
        return answer ->
                answer.resources().stream().anyMatch(resource -> resource.name().equals(name));
    }

    @Override
    public void refused(Nack nack) {
        nacks.add(nack);
    }

    @Override
    public void settled(ProxyIdentity proxy, ResourceType type, String name) {
        settled.add(type + " " + name);
    }
}
