package io.osmj.xds.serve;

import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** Which resources of one type a stream has asked for: by name, or all of them. */
final class Interest {
    static final String ALL = "*";

    /** The longest that there is holds a host's name of 253 characters, a port and a few characters more. */
    private static final int LONGEST_NAME = 300;

    private final boolean mayHaveAll;
    private final int maxNames;
    private final Set<String> names = new HashSet<>();
    private int characters;
    private boolean all;
    private boolean started;

    Interest(boolean mayHaveAll, int maxNames) {
        this.mayHaveAll = mayHaveAll;
        this.maxNames = maxNames;
    }

    /**
     * What one request changed.
     *
     * @param asked names that want an answer now, whether they exist or not
     * @param beyond names above the limits: not remembered, to be answered as missing
     * @param first whether this was the first request for the type
     * @param all whether all resources are asked for since this request
     */
    record Change(NavigableSet<String> asked, NavigableSet<String> beyond, boolean first, boolean all) {}

    Change apply(List<String> subscribe, List<String> unsubscribe) {
        boolean first = !started;
        boolean hadAll = all;
        started = true;
        NavigableSet<String> asked = new TreeSet<>();
        NavigableSet<String> beyond = new TreeSet<>();
        unsubscribe.forEach(name -> drop(name, asked));
        subscribe.forEach(name -> add(name, asked, beyond));
        if (first && subscribe.isEmpty() && !unsubscribe.contains(ALL)) {
            // An empty first request asks for everything (the legacy wildcard); a later one asks for nothing new.
            all = mayHaveAll;
        }
        return new Change(asked, beyond, first, all && !hadAll);
    }

    private void add(String name, NavigableSet<String> asked, NavigableSet<String> beyond) {
        if (mayHaveAll && name.equals(ALL)) {
            all = true;
            return;
        }
        boolean known = names.contains(name);
        if (!known && (names.size() >= maxNames || name.length() > LONGEST_NAME)) {
            beyond.add(name);
            return;
        }
        if (names.add(name)) {
            characters += name.length();
        }
        asked.add(name);
    }

    /** These names in the order in which they are to be taken in: only what comes back may list more than is remembered. */
    List<String> order(List<String> subscribe, Set<String> held) {
        boolean comesBack = mayHaveAll && !started;
        return comesBack && subscribe.size() > maxNames ? Precedence.of(subscribe, held) : subscribe;
    }

    /** How many names have to be forgotten so that those of a later request are remembered, too. */
    int lacking(List<String> subscribe, List<String> unsubscribe) {
        int room = maxNames - names.size();
        if (!started || subscribe.size() <= room) {
            return 0;
        }
        Set<String> dropped = new HashSet<>(unsubscribe);
        dropped.retainAll(names);
        Set<String> added = new HashSet<>(subscribe);
        added.removeIf(name -> !mayBeRemembered(name) || (names.contains(name) && !dropped.contains(name)));
        return Math.max(0, added.size() - room - dropped.size());
    }

    private boolean mayBeRemembered(String name) {
        return name.length() <= LONGEST_NAME && !(mayHaveAll && name.equals(ALL));
    }

    /** Remembers the name no longer, although the client asks for it. */
    void forget(String name) {
        if (names.remove(name)) {
            characters -= name.length();
        }
    }

    private void drop(String name, NavigableSet<String> asked) {
        if (mayHaveAll && name.equals(ALL)) {
            all = false;
        } else if (names.remove(name)) {
            characters -= name.length();
            if (all) {
                // The client cannot tell whether the wildcard still covers the name; it has to be told.
                asked.add(name);
            }
        }
    }

    /** A name that nothing has in place of one that is too long to exist: what is remembered of either is little. */
    static String shortened(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    /** Whether there was a request. */
    boolean started() {
        return started;
    }

    /** How many names are remembered. */
    int size() {
        return names.size();
    }

    /** How long they are altogether. */
    int characters() {
        return characters;
    }

    /** Whether this very name is asked for, and not only all. */
    boolean names(String name) {
        return names.contains(name);
    }

    boolean covers(String name) {
        return all || names.contains(name);
    }
}
