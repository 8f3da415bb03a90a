package io.osmj.xds.serve;

import io.osmj.xds.resource.EnvoyResource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Resources of one type that a client refused, and how the one at fault is found among several.
 *
 * <p>A refused response is sent again in parts, one at a time: the parts that pass are out, the others are cut again. A
 * refused part of one is the culprit, and its bytes are not sent again.
 */
final class Quarantine {
    /** No bytes have it. */
    private static final String NO_VERSION = "";

    private final Map<String, String> refused = new TreeMap<>();
    private final Deque<NavigableSet<String>> parts = new ArrayDeque<>();
    private final Set<String> suspects = new HashSet<>();

    void refuse(String name, String version) {
        refused.put(name, version);
    }

    void suspect(NavigableSet<String> names, String text) {
        List<NavigableSet<String>> cut = Isolation.cut(names, text);
        for (NavigableSet<String> part : cut.reversed()) {
            parts.addFirst(part);
        }
        suspects.addAll(names);
    }

    /** Whether it was found at fault, in whatever version, and not accepted since. */
    boolean refused(String name) {
        return refused.containsKey(name);
    }

    /** Whether these bytes must not be sent in the ordinary way. */
    boolean withholds(EnvoyResource resource) {
        return suspects.contains(resource.name()) || resource.version().equals(refused.get(resource.name()));
    }

    boolean hasParts() {
        return !parts.isEmpty();
    }

    /** Whether the next part to try may be sent. */
    boolean hasParts(Leave leave) {
        return hasParts() && leave.covers(parts.getFirst().stream().anyMatch(refused::containsKey));
    }

    /** The next part to try. */
    NavigableSet<String> takePart() {
        NavigableSet<String> part = parts.isEmpty() ? new TreeSet<>() : parts.removeFirst();
        suspects.removeAll(part);
        return part;
    }

    /** The client asks for it anew, so even the bytes it refused are sent; what comes of them settles the refusal. */
    void retry(String name) {
        refused.replace(name, NO_VERSION);
    }

    /** Lets these bytes be tried again; gives whether they were withheld. */
    boolean forgive(String name, String version) {
        return refused.replace(name, version, NO_VERSION);
    }

    /** Lets a resource go again; true if it had been refused. */
    boolean release(String name) {
        return refused.remove(name) != null;
    }

    /** Drops everything about these names; gives those that had been refused. */
    NavigableSet<String> releaseIf(Predicate<Map.Entry<String, String>> released) {
        NavigableSet<String> names = new TreeSet<>();
        refused.entrySet().removeIf(entry -> released.test(entry) && names.add(entry.getKey()));
        return names;
    }

    /** Names that were refused, or are suspected, in any version. */
    Set<String> names() {
        Set<String> names = new HashSet<>(refused.keySet());
        names.addAll(suspects);
        return names;
    }
}
