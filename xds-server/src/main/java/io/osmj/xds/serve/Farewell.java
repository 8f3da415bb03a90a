package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Names that the source need not remember any longer, until it is told so. */
final class Farewell {
    private Map<ResourceType, NavigableSet<String>> names = new EnumMap<>(ResourceType.class);

    void add(AskedName name) {
        names.computeIfAbsent(name.type(), _ -> new TreeSet<>()).add(name.name());
    }

    /** All of them by type. Given once. */
    Map<ResourceType, NavigableSet<String>> take() {
        Map<ResourceType, NavigableSet<String>> taken = names;
        names = new EnumMap<>(ResourceType.class);
        return taken;
    }
}
