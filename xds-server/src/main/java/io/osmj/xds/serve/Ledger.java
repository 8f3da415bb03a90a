package io.osmj.xds.serve;

import io.osmj.xds.resource.EnvoyResource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a client has of one type, as far as the server knows, and what is on its way to it. Names and versions only. */
final class Ledger {
    /** A version that is never right: the client may or may not have taken the resource. */
    private static final String UNSURE = "?";

    /** A client that never acknowledges costs no more than this; what is older counts as accepted. */
    private static final int MOST_IN_FLIGHT = 16;

    private final Map<String, String> held = new HashMap<>();
    private final Map<String, Sent> newest = new HashMap<>();
    private final Map<String, NavigableSet<String>> inFlight = new LinkedHashMap<>();

    private record Sent(String version, String nonce) {}

    /** The client says it has this. */
    void claim(String name, String version) {
        held.put(name, version);
    }

    void sent(String nonce, Collection<EnvoyResource> resources, Collection<String> removed) {
        NavigableSet<String> names = new TreeSet<>();
        for (EnvoyResource resource : resources) {
            names.add(resource.name());
            newest.put(resource.name(), new Sent(resource.version(), nonce));
        }
        removed.forEach(this::forget);
        inFlight.put(nonce, names);
        if (inFlight.size() > MOST_IN_FLIGHT) {
            accepted(inFlight.keySet().iterator().next());
        }
    }

    /** The names of an accepted response; empty if there is none of that nonce, or not any more. */
    Optional<NavigableSet<String>> accepted(String nonce) {
        return settle(nonce, (name, version) -> held.put(name, version));
    }

    /**
     * The names and versions of a refused response; empty if there is none of that nonce. The client may still have taken
     * some of it: Envoy applies the good clusters and listeners of a response that it refuses, but not the good routes.
     */
    Optional<Map<String, String>> refused(String nonce) {
        Map<String, String> versions = new LinkedHashMap<>();
        Optional<NavigableSet<String>> names = settle(nonce, versions::put);
        boolean alone = names.filter(all -> all.size() == 1).isPresent();
        versions.keySet().forEach(name -> mark(name, alone));
        return names.map(_ -> versions);
    }

    private void mark(String name, boolean alone) {
        if (alone) {
            held.remove(name, UNSURE);
        } else {
            held.putIfAbsent(name, UNSURE);
        }
    }

    private interface Settlement {
        void of(String name, String version);
    }

    private Optional<NavigableSet<String>> settle(String nonce, Settlement settlement) {
        NavigableSet<String> names = inFlight.remove(nonce);
        if (names == null) {
            return Optional.empty();
        }
        for (String name : names) {
            Sent sent = newest.get(name);
            if (sent != null && sent.nonce().equals(nonce)) {
                newest.remove(name);
                settlement.of(name, sent.version());
            }
        }
        return Optional.of(names);
    }

    /** The version the client will have once all is settled; null if it has none. */
    @Nullable
    String version(String name) {
        Sent sent = newest.get(name);
        return sent != null ? sent.version() : held.get(name);
    }

    /** Whether the client has some version of it already, so that a refused change leaves it with an older one. */
    boolean holds(String name) {
        return held.containsKey(name);
    }

    boolean awaitsAcknowledgement() {
        return !inFlight.isEmpty();
    }

    void forget(String name) {
        held.remove(name);
        newest.remove(name);
    }

    void retain(Predicate<String> names) {
        held.keySet().removeIf(names.negate());
        newest.keySet().removeIf(names.negate());
    }

    /** The names that the client has or is about to have and that are not among these, sorted. */
    List<String> without(Set<String> names) {
        return Stream.concat(held.keySet().stream(), newest.keySet().stream())
                .filter(name -> !names.contains(name))
                .distinct()
                .sorted()
                .toList();
    }
}
