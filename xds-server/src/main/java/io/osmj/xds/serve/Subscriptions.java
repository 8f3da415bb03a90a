package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** What one stream subscribes to: every type, from the start. */
final class Subscriptions implements Asker {
    private final Map<ResourceType, TypeSubscription> types = new EnumMap<>(ResourceType.class);

    Subscriptions(Protocol protocol, StreamLimits limits) {
        for (ResourceType type : ResourceType.values()) {
            // A whole that is cut takes away what did not fit.
            int most = protocol.tellsWhole(type) ? Integer.MAX_VALUE : limits.maxResponseBytes();
            types.put(type, new TypeSubscription(type, limits, most));
        }
    }

    TypeSubscription of(ResourceType type) {
        TypeSubscription subscription = types.get(type);
        if (subscription == null) {
            throw new IllegalStateException("every type is there from the start: " + type);
        }
        return subscription;
    }

    @Override
    public boolean asks(AskedName name) {
        return of(name.type()).memory().names(name.name());
    }

    @Override
    public boolean has(AskedName name) {
        return of(name.type()).memory().has(name.name());
    }

    @Override
    public Fate forget(AskedName name) {
        return of(name.type()).memory().forget(name.name());
    }

    void forEach(BiConsumer<ResourceType, TypeSubscription> action) {
        types.forEach(action);
    }
}
