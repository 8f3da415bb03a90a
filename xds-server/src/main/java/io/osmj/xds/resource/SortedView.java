package io.osmj.xds.resource;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a sorted map can do besides looking up and walking through. It is done on a copy, for nobody asks it of the resources of a
 * proxy while they are served.
 */
abstract class SortedView extends AbstractMap<String, EnvoyResource> implements NavigableMap<String, EnvoyResource> {
    private NavigableMap<String, EnvoyResource> copy() {
        return Collections.unmodifiableNavigableMap(new TreeMap<>(this));
    }

    @Override
    public @Nullable Comparator<? super String> comparator() {
        return null;
    }

    @Override
    public String firstKey() {
        return copy().firstKey();
    }

    @Override
    public String lastKey() {
        return copy().lastKey();
    }

    @Override
    public Map.@Nullable Entry<String, EnvoyResource> lowerEntry(String key) {
        return copy().lowerEntry(key);
    }

    @Override
    public @Nullable String lowerKey(String key) {
        return copy().lowerKey(key);
    }

    @Override
    public Map.@Nullable Entry<String, EnvoyResource> floorEntry(String key) {
        return copy().floorEntry(key);
    }

    @Override
    public @Nullable String floorKey(String key) {
        return copy().floorKey(key);
    }

    @Override
    public Map.@Nullable Entry<String, EnvoyResource> ceilingEntry(String key) {
        return copy().ceilingEntry(key);
    }

    @Override
    public @Nullable String ceilingKey(String key) {
        return copy().ceilingKey(key);
    }

    @Override
    public Map.@Nullable Entry<String, EnvoyResource> higherEntry(String key) {
        return copy().higherEntry(key);
    }

    @Override
    public @Nullable String higherKey(String key) {
        return copy().higherKey(key);
    }

    @Override
    public Map.@Nullable Entry<String, EnvoyResource> firstEntry() {
        return copy().firstEntry();
    }

    @Override
    public Map.@Nullable Entry<String, EnvoyResource> lastEntry() {
        return copy().lastEntry();
    }

    @Override
    public Map.@Nullable Entry<String, EnvoyResource> pollFirstEntry() {
        return copy().pollFirstEntry();
    }

    @Override
    public Map.@Nullable Entry<String, EnvoyResource> pollLastEntry() {
        return copy().pollLastEntry();
    }

    @Override
    public NavigableMap<String, EnvoyResource> descendingMap() {
        return copy().descendingMap();
    }

    @Override
    public NavigableSet<String> navigableKeySet() {
        return copy().navigableKeySet();
    }

    @Override
    public NavigableSet<String> descendingKeySet() {
        return copy().descendingKeySet();
    }

    @Override
    public NavigableMap<String, EnvoyResource> subMap(
            String from, boolean fromInclusive, String to, boolean toInclusive) {
        return copy().subMap(from, fromInclusive, to, toInclusive);
    }

    @Override
    public NavigableMap<String, EnvoyResource> headMap(String to, boolean inclusive) {
        return copy().headMap(to, inclusive);
    }

    @Override
    public NavigableMap<String, EnvoyResource> tailMap(String from, boolean inclusive) {
        return copy().tailMap(from, inclusive);
    }

    @Override
    public SortedMap<String, EnvoyResource> subMap(String from, String to) {
        return copy().subMap(from, to);
    }

    @Override
    public SortedMap<String, EnvoyResource> headMap(String to) {
        return copy().headMap(to);
    }

    @Override
    public SortedMap<String, EnvoyResource> tailMap(String from) {
        return copy().tailMap(from);
    }
}
