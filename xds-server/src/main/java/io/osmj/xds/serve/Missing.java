package io.osmj.xds.serve;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/** Names that the source was asked for and did not find, those asked longest ago first. They make room for others. */
final class Missing {
    /** Those of which the client is still to be told something stay; so many of them are passed over for one that goes. */
    private static final int MOST_PASSED_OVER = 16;

    private final SequencedSet<AskedName> names = new LinkedHashSet<>();

    /** Those that exist all the same. They are not looked at again until they are gone, however many they are. */
    private final Set<AskedName> there = new HashSet<>();

    /** The source did not find it, or has it no longer; or it does not matter that it is there. */
    void add(AskedName name, boolean exists) {
        if (exists) {
            there.add(name);
        } else {
            there.remove(name);
            names.add(name);
        }
    }

    boolean remove(AskedName name) {
        return names.remove(name) || there.remove(name);
    }

    /** Gives whether it is one that exists all the same, and is taken out. */
    boolean removeIfThere(AskedName name) {
        return there.remove(name);
    }

    boolean contains(AskedName name) {
        return names.contains(name) || there.contains(name);
    }

    int size() {
        return names.size() + there.size();
    }

    /** It is asked for again. */
    void renew(AskedName name) {
        if (names.remove(name)) {
            names.addLast(name);
        }
    }

    /** Forgets the one asked longest ago; empty if none of the oldest can be forgotten. Those that exist are taken out. */
    Optional<AskedName> forgetOldest(Asker client, Late.TakenOut then) {
        for (int passed = 0; passed < MOST_PASSED_OVER && !names.isEmpty(); ) {
            AskedName oldest = names.removeFirst();
            switch (client.forget(oldest)) {
                case FORGOTTEN -> {
                    return Optional.of(oldest);
                }
                case EXISTS -> then.takenOut(oldest, true);
                case NOT_YET -> {
                    passed++;
                    names.addLast(oldest);
                }
            }
        }
        return Optional.empty();
    }
}
