package io.osmj.core.random;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The objects of one kind, and which of them changed since somebody looked. */
final class Kind<K extends Comparable<K>, V> {
    private final Map<K, V> there = new TreeMap<>();
    private final Set<K> unseen = new TreeSet<>();

    void put(K key, V object) {
        unseen.add(key);
        there.put(key, object);
    }

    void remove(K key) {
        unseen.add(key);
        there.remove(key);
    }

    Optional<V> find(K key) {
        return Optional.ofNullable(there.get(key));
    }

    List<V> all() {
        return List.copyOf(there.values());
    }

    /** How those are now that changed. */
    Map<K, Optional<V>> changed() {
        return unseen.stream().collect(Collectors.toMap(Function.identity(), this::find));
    }

    void seen() {
        unseen.clear();
    }
}
