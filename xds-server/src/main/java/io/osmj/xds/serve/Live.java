package io.osmj.xds.serve;

import java.util.HashSet;
import java.util.Set;

/**
 * Names that the source was asked for, and that are found or not answered yet. Those that the client has given up take up no room; they
 * stay until there are some of them, as the source has to make all anew that the client is to have when they go.
 */
final class Live {
    private final Set<AskedName> names = new HashSet<>();

    /** Those of them that the client asks for no longer. */
    private final Set<AskedName> givenUp = new HashSet<>();

    void add(AskedName name) {
        names.add(name);
        givenUp.remove(name);
    }

    boolean remove(AskedName name) {
        givenUp.remove(name);
        return names.remove(name);
    }

    boolean contains(AskedName name) {
        return names.contains(name);
    }

    /** The client asks for it no longer. */
    void giveUp(AskedName name) {
        names.add(name);
        givenUp.add(name);
    }

    /** The client asks for it again. */
    void renew(AskedName name) {
        givenUp.remove(name);
    }

    boolean isGivenUp(AskedName name) {
        return givenUp.contains(name);
    }

    int size() {
        return names.size();
    }

    /** How many of them the client asks for. */
    int asked() {
        return names.size() - givenUp.size();
    }

    /** How many of them it has given up. */
    int givenUp() {
        return givenUp.size();
    }

    /** Takes those out that were given up, and gives them. */
    Set<AskedName> letGo() {
        Set<AskedName> gone = Set.copyOf(givenUp);
        names.removeAll(gone);
        givenUp.clear();
        return gone;
    }
}
