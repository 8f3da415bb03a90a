package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;

/** Names that the source was asked for and did not find, those asked longest ago first. They make room for others. */
final class Missing {
    /** Those that are there by now stay; so many of them are passed over for one that goes. */
    private static final int MOST_PASSED_OVER = 16;

    private final SequencedSet<Demands.Name> names = new LinkedHashSet<>();
    private Map<ResourceType, NavigableSet<String>> forgotten = new EnumMap<>(ResourceType.class);

    boolean add(Demands.Name name) {
        return names.add(name);
    }

    boolean remove(Demands.Name name) {
        return names.remove(name);
    }

    boolean contains(Demands.Name name) {
        return names.contains(name);
    }

    int size() {
        return names.size();
    }

    /** It is asked for again. */
    void renew(Demands.Name name) {
        if (names.remove(name)) {
            names.addLast(name);
        }
    }

    /** Forgets the one asked longest ago; empty if none of the oldest can be forgotten. */
    Optional<Demands.Name> forgetOldest(Demands.Forgetter forgetter) {
        for (int looked = 0; looked < Math.min(MOST_PASSED_OVER, names.size()); looked++) {
            Demands.Name oldest = names.removeFirst();
            if (forgetter.forget(oldest.type(), oldest.name())) {
                forgotten.computeIfAbsent(oldest.type(), _ -> new TreeSet<>()).add(oldest.name());
                return Optional.of(oldest);
            }
            names.addLast(oldest);
        }
        return Optional.empty();
    }

    /** What was forgotten, for the source to forget it too. Given once. */
    Map<ResourceType, NavigableSet<String>> takeForgotten() {
        Map<ResourceType, NavigableSet<String>> taken = forgotten;
        forgotten = new EnumMap<>(ResourceType.class);
        return taken;
    }
}
