package io.osmj.core.compile;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Things by their key, and which of them a look at them found changed. */
final class Table<K, V> {
    private final Map<K, V> values = new HashMap<>();

    Optional<V> find(K key) {
        return Optional.ofNullable(values.get(key));
    }

    Collection<V> all() {
        return Collections.unmodifiableCollection(values.values());
    }

    /**
     * Takes over how things are now.
     *
     * @param seen what was looked at
     * @param whole whether what was not looked at is gone
     * @return the keys of what differs, with what was there before
     */
    Map<K, Optional<V>> take(Map<K, Optional<V>> seen, boolean whole) {
        Map<K, Optional<V>> before = new HashMap<>();
        seen.forEach((key, now) -> take(key, now, before));
        if (whole) {
            Set<K> gone = new HashSet<>(values.keySet());
            gone.removeAll(seen.keySet());
            gone.forEach(key -> take(key, Optional.empty(), before));
        }
        return before;
    }

    private void take(K key, Optional<V> now, Map<K, Optional<V>> before) {
        Optional<V> former = find(key);
        if (!former.equals(now)) {
            before.put(key, former);
            now.ifPresentOrElse(value -> values.put(key, value), () -> values.remove(key));
        }
    }
}
