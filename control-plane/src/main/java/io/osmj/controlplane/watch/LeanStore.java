package io.osmj.controlplane.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.function.UnaryOperator;

/** An informer's store that keeps of each object only what the mesh reads; a pod as it comes is ten times as large. */
final class LeanStore<T extends HasMetadata> extends BasicItemStore<T> {
    private final UnaryOperator<T> kept;

    LeanStore(UnaryOperator<T> kept) {
        super(Cache::metaNamespaceKeyFunc);
        this.kept = kept;
    }

    @Override
    public T put(String key, T object) {
        return super.put(key, kept.apply(object));
    }
}
