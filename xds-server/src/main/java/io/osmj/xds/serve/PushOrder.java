package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static io.osmj.xds.resource.ResourceType.ENDPOINT;
import static io.osmj.xds.resource.ResourceType.LISTENER;
import static io.osmj.xds.resource.ResourceType.ROUTE;
import static io.osmj.xds.resource.ResourceType.VIRTUAL_HOST;

import io.osmj.xds.resource.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Make before break: which types go ahead of which, and what must not be taken away while it may be in use. */
final class PushOrder {
    private static final List<ResourceType> ADDITIONS = List.of(ResourceType.values());
    private static final Set<ResourceType> UPSTREAM = Set.of(CLUSTER, ENDPOINT);

    private PushOrder() {}

    /** What is referred to, ahead of what refers to it. */
    static List<ResourceType> additions() {
        return ADDITIONS;
    }

    static List<ResourceType> removals() {
        return ADDITIONS.reversed();
    }

    /**
     * The types that must be acknowledged before this one is changed. A cluster is acknowledged when it is warm, so its
     * endpoints and secrets, which make it warm, wait for nothing. A listener is warm only when it has its routes, so
     * these do not wait for it.
     */
    static Set<ResourceType> waitsFor(ResourceType type) {
        return switch (type) {
            case SECRET, CLUSTER, ENDPOINT -> Set.of();
            case LISTENER, ROUTE, VIRTUAL_HOST -> UPSTREAM;
        };
    }

    /**
     * The type whose resources bring those of this one with them. As long as it is not known which of the former a client that comes
     * back is to keep, it is not known of the latter either.
     */
    static Optional<ResourceType> cameWith(ResourceType type) {
        return switch (type) {
            case ENDPOINT -> Optional.of(CLUSTER);
            case ROUTE, VIRTUAL_HOST -> Optional.of(LISTENER);
            case SECRET, CLUSTER, LISTENER -> Optional.empty();
        };
    }

    /** The types whose old versions may still need a resource of this one. */
    static Set<ResourceType> usedBy(ResourceType type) {
        return switch (type) {
            case SECRET -> Set.of(CLUSTER, LISTENER);
            case CLUSTER, ENDPOINT -> Set.of(LISTENER, ROUTE, VIRTUAL_HOST);
            // Not held back for anything: what is removed here is policy.
            case LISTENER, ROUTE, VIRTUAL_HOST -> Set.of();
        };
    }
}
