package io.osmj.controlplane.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.osmj.objects.read.Fields;
import java.util.Locale;
import java.util.function.Predicate;

/** What an informer tells of one kind: counted, and passed on where it can change the mesh. Called in order on one thread at a time. */
final class FeedEvents<T extends HasMetadata> implements ResourceEventHandler<T> {
    private final Predicate<String> concerns;
    private final Runnable changed;
    private final EventCounter counter;
    private final Watching<T> watching;
    private final Runnable listed;
    private final String prefix;

    /**
     * Events of one kind.
     *
     * @param concerns whether objects of a namespace can change the mesh's state
     * @param changed called after each event that may
     * @param listed called when all objects were read
     */
    FeedEvents(
            String kind,
            Predicate<String> concerns,
            Runnable changed,
            EventCounter counter,
            Watching<T> watching,
            Runnable listed) {
        this.concerns = concerns;
        this.changed = changed;
        this.counter = counter;
        this.watching = watching;
        this.listed = listed;
        this.prefix = kind.toLowerCase(Locale.ROOT) + "-";
    }

    @Override
    public void onAdd(T object) {
        event("added", object, object);
    }

    @Override
    public void onUpdate(T before, T now) {
        event("updated", before, now);
    }

    @Override
    public void onDelete(T object, boolean lastStateUnknown) {
        event("deleted", object, object);
    }

    @Override
    public void onList(String resourceVersion, boolean remainedEmpty) {
        listed.run();
        everything();
    }

    /** There is no telling what changed. */
    void everything() {
        watching.everything();
        changed.run();
    }

    private void event(String change, T before, T now) {
        String namespace = Fields.text(now.getMetadata().getNamespace());
        if (concerns.test(namespace)) {
            watching.touched(before);
            watching.touched(now);
            counter.count(prefix + change, namespace);
            changed.run();
        }
    }
}
