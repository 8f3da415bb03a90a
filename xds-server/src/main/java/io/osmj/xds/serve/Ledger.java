package io.osmj.xds.serve;

import io.osmj.xds.resource.EnvoyResource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a client has of one type, as far as the server knows, and what is on its way to it. Names and versions only. */
final class Ledger {
    /** What is older counts as accepted until the client says otherwise. */
    private static final int MOST_IN_FLIGHT = 16;

    /** Versions that are never right: the client has the resource in some version, or it may have it. */
    private static final String SOME = "?";

    private static final String PERHAPS = "??";

    /** No version of ours is longer. */
    private static final int LONGEST_VERSION = 100;

    private final Predicate<String> asked;
    private final Map<String, String> held = new HashMap<>();
    private final Map<String, String> newest = new HashMap<>();
    private final Map<String, Response> inFlight = new LinkedHashMap<>();

    /** Names that were sent before the client asked for them, by the response that they are in. */
    private final Map<String, String> ahead = new HashMap<>();

    private final Presumed presumed = new Presumed();

    /**
     * A response that is not answered yet.
     *
     * @param versions of the resources in it, less those that were taken away since
     * @param removed the names it takes away
     * @param sent the names of all resources that were in it, sorted
     */
    record Response(Map<String, String> versions, List<String> removed, List<String> sent) {
        int size() {
            return sent.size();
        }

        int names() {
            return size() + removed.size();
        }
    }

    /**
     * A client that has nothing.
     *
     * @param asked tells of a name whether the client asks for it now; it keeps nothing else
     */
    Ledger(Predicate<String> asked) {
        this.asked = asked;
    }

    /** The client says it has this. What cannot be right is not kept as it is, because a client may write whatever it likes. */
    void claim(String name, String version) {
        held.put(name, version.length() > LONGEST_VERSION ? SOME : version);
    }

    void sent(String nonce, Collection<EnvoyResource> resources, List<String> removed) {
        Map<String, String> versions = new TreeMap<>();
        for (EnvoyResource resource : resources) {
            versions.put(resource.name(), resource.version());
            newest.put(resource.name(), nonce);
            if (!asked.test(resource.name())) {
                ahead.put(resource.name(), nonce);
            }
        }
        removed.forEach(this::forget);
        inFlight.put(nonce, new Response(versions, removed, List.copyOf(versions.keySet())));
        if (inFlight.size() > MOST_IN_FLIGHT) {
            String oldest = inFlight.keySet().iterator().next();
            accepted(oldest).ifPresent(response -> presumed.add(oldest, response));
        }
    }

    /** Takes in an ACK. Gives what is accepted; empty if no response of that nonce is open. */
    Optional<Response> accepted(String nonce) {
        overtake(nonce);
        Optional<Response> response = settled(nonce);
        response.ifPresent(accepted -> held.putAll(accepted.versions()));
        return response.or(() -> presumed.take(nonce));
    }

    /** What is acknowledged later although it was sent earlier says nothing of names that came again since. */
    private void overtake(String nonce) {
        Response newer = inFlight.get(nonce);
        if (newer != null && inFlight.size() > 1) {
            for (Map.Entry<String, Response> older : inFlight.entrySet()) {
                if (older.getKey().equals(nonce)) {
                    break;
                }
                older.getValue().versions().keySet().removeAll(newer.versions().keySet());
            }
        }
    }

    /**
     * Takes in a NACK. Gives what is refused; empty if no response of that nonce is open. Of several resources the client
     * may have taken some: Envoy applies the good clusters and listeners of a response that it refuses, but not the good
     * routes, and nothing at all if one of them breaks a rule of the API.
     */
    Optional<Response> refused(String nonce) {
        Optional<Response> response =
                settled(nonce).or(() -> presumed.take(nonce).map(this::withdrawn));
        response.filter(refused -> refused.size() > 1)
                .ifPresent(several -> several.versions().keySet().forEach(this::doubt));
        response.filter(refused -> refused.size() > 0)
                .ifPresent(mixed -> mixed.removed().forEach(this::doubt));
        return response;
    }

    /** What the client had before is not known any more, nor whether it had anything. */
    private Response withdrawn(Response response) {
        response.versions().forEach((name, version) -> {
            boolean _ = held.remove(name, version) && held.put(name, PERHAPS) == null;
        });
        return response;
    }

    private void doubt(String name) {
        held.merge(name, PERHAPS, (before, _) -> before.equals(PERHAPS) ? PERHAPS : SOME);
    }

    private Optional<Response> settled(String nonce) {
        Response response = inFlight.remove(nonce);
        if (response != null) {
            response.versions().keySet().forEach(name -> newest.remove(name, nonce));
            ahead.values().removeIf(nonce::equals);
            // Given up in the meantime and asked for again: the client keeps it. Given up for good: it does not.
            response.versions().keySet().removeIf(asked.negate());
        }
        return Optional.ofNullable(response);
    }

    /** The version the client will have once all is accepted; null if it has none. */
    @Nullable
    String version(String name) {
        String nonce = newest.get(name);
        Response response = nonce == null ? null : inFlight.get(nonce);
        return response == null ? held.get(name) : response.versions().get(name);
    }

    /**
     * The client asks for this. Gives whether that crosses what was sent ahead: the client has not answered it, so it had asked when it
     * comes to read it, and takes it.
     */
    boolean crosses(String name) {
        String nonce = ahead.remove(name);
        return nonce != null && nonce.equals(newest.get(name));
    }

    /** Whether the client surely has some version of it. */
    boolean holds(String name) {
        return !held.getOrDefault(name, PERHAPS).equals(PERHAPS);
    }

    boolean awaitsAcknowledgement() {
        return !inFlight.isEmpty();
    }

    /** How many responses are not answered. */
    int standing() {
        return inFlight.size();
    }

    private void forget(String name) {
        held.remove(name);
        newest.remove(name);
        inFlight.values().forEach(response -> response.versions().remove(name));
    }

    /** Forgets names that the client has given up. */
    void forgetUnasked() {
        held.keySet().removeIf(asked.negate());
        newest.keySet().removeIf(asked.negate());
    }
}
