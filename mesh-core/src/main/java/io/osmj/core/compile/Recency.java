package io.osmj.core.compile;

import io.osmj.core.problem.ObjectRef;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Which policies changed after which since the mesh was first seen. When a proxy refuses something that several made, the last one to
 * change is the likeliest to be at fault. Only the last thousand are known, so what is deleted is forgotten.
 */
final class Recency {
    private static final int MOST = 1_000;

    private final SequencedMap<ObjectRef, Long> changes = new LinkedHashMap<>();
    private long turn;
    private long settings;

    /** A patch changed these, and the settings or not. */
    void changed(Collection<ObjectRef> objects, boolean settingsToo) {
        turn++;
        if (settingsToo) {
            settings = turn;
        }
        for (ObjectRef object : objects) {
            changes.remove(object);
            changes.put(object, turn);
        }
        while (changes.size() > MOST) {
            changes.pollFirstEntry();
        }
    }

    long of(ObjectRef object) {
        return changes.getOrDefault(object, 0L);
    }

    long settings() {
        return settings;
    }
}
