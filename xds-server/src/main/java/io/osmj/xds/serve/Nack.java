package io.osmj.xds.serve;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.ResourceType;
import java.util.List;

/**
 * A proxy refused something it was sent. It goes on with what it had.
 *
 * @param proxy who refused
 * @param type of what was refused
 * @param names of what was refused, sorted. With more than one name it is not known yet which of them is at fault: the
 *     server sends them again in parts until it knows
 * @param text the proxy's words
 */
public record Nack(ProxyIdentity proxy, ResourceType type, List<String> names, String text) {
    public Nack {
        names = List.copyOf(names);
    }

    /** Whether it is known that this one resource is at fault; it is not sent again until it changes. */
    public boolean isolated() {
        return names.size() == 1;
    }
}
