package io.osmj.xds.serve;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.ResourceType;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one stream says to be at fault, until it is taken back. Whoever listens is told that it is when no stream of the proxy says so
 * any more: one that is dead and not found out yet says nothing of the others.
 */
final class Accusations {
    private final ProxyIdentity proxy;
    private final NackListener listener;
    private final Conduct conduct;
    private final Map<ResourceType, Set<String>> standing = new EnumMap<>(ResourceType.class);

    Accusations(ProxyIdentity proxy, NackListener listener, Conduct conduct) {
        this.proxy = proxy;
        this.listener = listener;
        this.conduct = conduct;
    }

    /** An answer was refused. */
    Nack refused(ResourceType type, List<String> names, String text) {
        Nack nack = new Nack(proxy, type, names, text);
        if (nack.isolated() && of(type).add(names.getFirst())) {
            conduct.stands(type, names.getFirst());
        }
        listener.refused(nack);
        return nack;
    }

    /** These are refused no more. */
    void settled(ResourceType type, Set<String> names) {
        for (String name : names) {
            if (of(type).remove(name) && conduct.settled(type, name)) {
                listener.settled(proxy, type, name);
            }
        }
    }

    private Set<String> of(ResourceType type) {
        return standing.computeIfAbsent(type, _ -> new HashSet<>());
    }
}
