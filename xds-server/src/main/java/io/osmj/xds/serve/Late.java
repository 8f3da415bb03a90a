package io.osmj.xds.serve;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * Names that the source is to be asked for when there is room and the rate allows it, the newest first: the others were told to
 * their callers to be missing already, a while ago.
 */
final class Late {
    /** As in {@link Missing}. */
    private static final int MOST_PASSED_OVER = 16;

    /** With each, whether the source was asked for it before and remembers it. */
    private final SequencedMap<Demands.Name, Boolean> names = new LinkedHashMap<>();

    /** Tells of names that are taken out, as they need not be asked for now. */
    interface TakenOut {
        void takenOut(Demands.Name name, boolean askedBefore);
    }

    /** It goes behind all others. */
    void add(Demands.Name name, boolean askedBefore) {
        names.putFirst(name, askedBefore);
    }

    /** It is asked for now, so if it is here it goes before all others. */
    void renew(Demands.Name name) {
        Boolean askedBefore = names.remove(name);
        if (askedBefore != null) {
            names.putLast(name, askedBefore);
        }
    }

    void remove(Demands.Name name) {
        names.remove(name);
    }

    /** It need not be asked for at all, so if it is here it is taken out. */
    void takeOut(Demands.Name name, TakenOut then) {
        Boolean askedBefore = names.remove(name);
        if (askedBefore != null) {
            then.takenOut(name, askedBefore);
        }
    }

    boolean contains(Demands.Name name) {
        return names.containsKey(name);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    int size() {
        return names.size();
    }

    Demands.Name newest() {
        return names.lastEntry().getKey();
    }

    /** If the newest is there by now it is taken out. Gives whether it was. */
    boolean passOver(Predicate<Demands.Name> there, TakenOut then) {
        Map.Entry<Demands.Name, Boolean> newest = names.lastEntry();
        boolean exists = newest != null && there.test(newest.getKey());
        if (exists) {
            names.pollLastEntry();
            then.takenOut(newest.getKey(), newest.getValue());
        }
        return exists;
    }

    /** Forgets the oldest; empty if none of them can be forgotten. Those that are there are taken out. */
    Optional<Demands.Name> forgetOldest(Demands.Client client, TakenOut then) {
        Iterator<Map.Entry<Demands.Name, Boolean>> oldest = names.entrySet().iterator();
        for (int passed = 0; passed < MOST_PASSED_OVER && oldest.hasNext(); ) {
            Map.Entry<Demands.Name, Boolean> entry = oldest.next();
            Demands.Name name = entry.getKey();
            boolean askedBefore = entry.getValue();
            switch (client.forget(name)) {
                case FORGOTTEN -> {
                    oldest.remove();
                    return Optional.of(name);
                }
                case EXISTS -> {
                    oldest.remove();
                    then.takenOut(name, askedBefore);
                }
                case NOT_YET -> passed++;
            }
        }
        return Optional.empty();
    }
}
