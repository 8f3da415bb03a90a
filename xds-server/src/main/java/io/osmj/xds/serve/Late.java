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
    private final SequencedMap<AskedName, Boolean> names = new LinkedHashMap<>();

    /** Tells of names that are taken out, as they need not be asked for now. */
    interface TakenOut {
        void takenOut(AskedName name, boolean askedBefore);
    }

    /** It goes behind all others. */
    void add(AskedName name, boolean askedBefore) {
        names.putFirst(name, askedBefore);
    }

    /** It is asked for now, so if it is here it goes before all others. */
    void renew(AskedName name) {
        Boolean askedBefore = names.remove(name);
        if (askedBefore != null) {
            names.putLast(name, askedBefore);
        }
    }

    void remove(AskedName name) {
        names.remove(name);
    }

    /** It need not be asked for at all, so if it is here it is taken out. */
    void takeOut(AskedName name, TakenOut then) {
        Boolean askedBefore = names.remove(name);
        if (askedBefore != null) {
            then.takenOut(name, askedBefore);
        }
    }

    boolean contains(AskedName name) {
        return names.containsKey(name);
    }

    int size() {
        return names.size();
    }

    Optional<AskedName> newest() {
        return Optional.ofNullable(names.lastEntry()).map(Map.Entry::getKey);
    }

    /** If the newest is there by now it is taken out. Gives whether it was. */
    boolean passOver(Predicate<AskedName> there, TakenOut then) {
        Map.Entry<AskedName, Boolean> newest = names.lastEntry();
        boolean exists = newest != null && there.test(newest.getKey());
        if (exists) {
            names.pollLastEntry();
            then.takenOut(newest.getKey(), newest.getValue());
        }
        return exists;
    }

    /** Forgets the oldest; empty if none of them can be forgotten. Those that are there are taken out. */
    Optional<AskedName> forgetOldest(Asker client, TakenOut then) {
        Iterator<Map.Entry<AskedName, Boolean>> oldest = names.entrySet().iterator();
        for (int passed = 0; passed < MOST_PASSED_OVER && oldest.hasNext(); ) {
            Map.Entry<AskedName, Boolean> entry = oldest.next();
            AskedName name = entry.getKey();
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
