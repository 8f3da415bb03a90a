package io.osmj.xds.serve;

import io.osmj.xds.resource.EnvoyResource;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds what differs between two sets of one type by walking through both once, in the order of names. */
final class Changes {
    private Changes() {}

    /** Tells every name that is in one of them only, or in another version. */
    static void tell(
            NavigableMap<String, EnvoyResource> before,
            NavigableMap<String, EnvoyResource> after,
            Consumer<String> changed) {
        Iterator<EnvoyResource> olds = before.values().iterator();
        Iterator<EnvoyResource> news = after.values().iterator();
        EnvoyResource old = next(olds);
        EnvoyResource young = next(news);
        while (old != null && young != null) {
            int order = old.name().compareTo(young.name());
            if (order != 0 || !old.version().equals(young.version())) {
                changed.accept(order <= 0 ? old.name() : young.name());
            }
            old = order <= 0 ? next(olds) : old;
            young = order >= 0 ? next(news) : young;
        }
        tellRest(old, olds, changed);
        tellRest(young, news, changed);
    }

    private static void tellRest(
            @Nullable EnvoyResource first, Iterator<EnvoyResource> others, Consumer<String> changed) {
        if (first != null) {
            changed.accept(first.name());
        }
        others.forEachRemaining(resource -> changed.accept(resource.name()));
    }

    private static @Nullable EnvoyResource next(Iterator<EnvoyResource> resources) {
        return resources.hasNext() ? resources.next() : null;
    }
}
