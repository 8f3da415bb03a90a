package io.osmj.xds.serve;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Names of which it is not known yet whether the client is to have them: the source was asked. */
final class Holds {
    private final Map<String, Hold> holds = new HashMap<>();

    /**
     * One of them.
     *
     * @param ticket under which the source was asked
     * @param due whether the client waits for an answer, and not only has the resource from before
     */
    private record Hold(long ticket, boolean due) {}

    boolean any() {
        return !holds.isEmpty();
    }

    /** Whether there is one that this is true of. */
    boolean any(Predicate<String> name) {
        return holds.keySet().stream().anyMatch(name);
    }

    boolean has(String name) {
        return holds.containsKey(name);
    }

    void add(String name, long ticket, boolean due) {
        holds.put(name, new Hold(ticket, due));
    }

    /** The client asks for it once more: whatever it has, it waits for an answer now. */
    void askAgain(String name) {
        holds.computeIfPresent(name, (_, hold) -> new Hold(hold.ticket(), true));
    }

    /** Ends the holds up to this ticket. Gives their names. */
    NavigableSet<String> release(long answered) {
        NavigableSet<String> released = new TreeSet<>();
        holds.entrySet().removeIf(entry -> entry.getValue().ticket() <= answered && released.add(entry.getKey()));
        return released;
    }

    /**
     * The names for which the client waits, and need not: they are found, or the ticket is answered. Given once.
     *
     * @param found tells of a name whether there is such a resource
     */
    NavigableSet<String> due(long answered, Predicate<String> found) {
        NavigableSet<String> due = new TreeSet<>();
        holds.replaceAll((name, hold) -> {
            boolean over = hold.due() && (hold.ticket() <= answered || found.test(name));
            return over && due.add(name) ? new Hold(hold.ticket(), false) : hold;
        });
        return due;
    }

    /** Forgets all other names: the client asks for them no longer. */
    void retain(Predicate<String> names) {
        holds.keySet().removeIf(names.negate());
    }
}
