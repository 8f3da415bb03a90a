package io.osmj.xds.resource;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that one proxy is to have at one moment. Immutable; sets of equal content are equal, so an unchanged set is easily
 * told from a changed one.
 */
public final class ResourceSet {
    private static final ResourceSet EMPTY = of(List.of());

    private final Map<ResourceType, NamedResources> byType;

    private ResourceSet(Map<ResourceType, NamedResources> byType) {
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
        Map<ResourceType, NavigableMap<String, EnvoyResource>> sorted = new EnumMap<>(ResourceType.class);
        for (EnvoyResource resource : resources) {
            EnvoyResource other = sorted.computeIfAbsent(resource.type(), _ -> new TreeMap<>())
                    .putIfAbsent(resource.name(), resource);
            check(other, resource);
        }
        Map<ResourceType, NamedResources> byType = new EnumMap<>(ResourceType.class);
        sorted.forEach((type, named) -> byType.put(type, NamedResources.sorted(List.copyOf(named.values()))));
        return new ResourceSet(byType);
    }

    private static void check(@Nullable EnvoyResource other, EnvoyResource resource) {
        if (other != null && !other.equals(resource)) {
            throw new IllegalArgumentException("two resources with one name: " + other + " and " + resource);
        }
    }

    /**
     * The same with these besides; this very set if it has them all. It costs what is added, not what is there: the two sets have
     * the rest in common.
     *
     * @throws IllegalArgumentException if there is one of the same type and name but not of the same content
     */
    public ResourceSet with(Collection<EnvoyResource> more) {
        Map<ResourceType, NamedResources> joined = new EnumMap<>(ResourceType.class);
        joined.putAll(byType);
        boolean added = false;
        for (EnvoyResource resource : more) {
            NamedResources named = joined.getOrDefault(resource.type(), NamedResources.NONE);
            EnvoyResource other = named.get(resource.name());
            check(other, resource);
            if (other == null) {
                joined.put(resource.type(), named.with(resource));
                added = true;
            }
        }
        return added ? new ResourceSet(joined) : this;
    }

    /** The resources of one type by name, sorted; unmodifiable. */
    public NavigableMap<String, EnvoyResource> of(ResourceType type) {
        return byType.getOrDefault(type, NamedResources.NONE);
    }

    /** How many resources there are, of all types. */
    public int size() {
        return byType.values().stream().mapToInt(Map::size).sum();
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof ResourceSet set && byType.equals(set.byType));
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
