package io.osmj.xds.resource;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * All that one proxy is to have at one moment. Immutable; sets of equal content are equal, so an unchanged set is easily
 * told from a changed one.
 */
public final class ResourceSet {
    private static final NavigableMap<String, EnvoyResource> NONE =
            Collections.unmodifiableNavigableMap(new TreeMap<>());
    private static final ResourceSet EMPTY = of(List.of());

    private final Map<ResourceType, NavigableMap<String, EnvoyResource>> byType;

    private ResourceSet(Map<ResourceType, NavigableMap<String, EnvoyResource>> byType) {
        this.byType = byType;
    }

    /** The set of nothing. */
    public static ResourceSet empty() {
        return EMPTY;
    }

    /**
     * The set of these resources, in whatever order they come.
     *
     * @throws IllegalArgumentException if two of them have the same type and name but not the same content
     */
    public static ResourceSet of(Collection<EnvoyResource> resources) {
        Map<ResourceType, NavigableMap<String, EnvoyResource>> byType = new EnumMap<>(ResourceType.class);
        for (EnvoyResource resource : resources) {
            EnvoyResource other = byType.computeIfAbsent(resource.type(), _ -> new TreeMap<>())
                    .putIfAbsent(resource.name(), resource);
            if (other != null && !other.equals(resource)) {
                throw new IllegalArgumentException("two resources with one name: " + other + " and " + resource);
            }
        }
        byType.replaceAll((_, named) -> Collections.unmodifiableNavigableMap(named));
        return new ResourceSet(byType);
    }

    /** The resources of one type by name, sorted; unmodifiable. */
    public NavigableMap<String, EnvoyResource> of(ResourceType type) {
        return byType.getOrDefault(type, NONE);
    }

    /** How many resources there are, of all types. */
    public int size() {
        return byType.values().stream().mapToInt(Map::size).sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResourceSet set && byType.equals(set.byType);
    }

    @Override
    public int hashCode() {
        return byType.hashCode();
    }

    /** Names and versions only. */
    @Override
    public String toString() {
        return byType.values().stream()
                .flatMap(named -> named.values().stream())
                .toList()
                .toString();
    }
}
