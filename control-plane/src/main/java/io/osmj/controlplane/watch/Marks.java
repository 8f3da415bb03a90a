package io.osmj.controlplane.watch;

import io.osmj.core.state.ObjectKey;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What has to be looked at again. Marks are set by the threads that watch and taken by the one that reads; an object is marked
 * after it was stored, so whoever takes the mark finds it as it is or newer.
 */
final class Marks {
    private Marked marked = new Marked(true);

    /** The objects of one look. */
    static final class Marked {
        final boolean everything;
        final Set<ObjectKey> pods = new HashSet<>();
        final Set<ObjectKey> services = new HashSet<>();
        /** Services whose endpoints are to be looked at. */
        final Set<ObjectKey> endpoints = new HashSet<>();

        private final Map<CustomKind, Set<ObjectKey>> custom = new EnumMap<>(CustomKind.class);

        private Marked(boolean everything) {
            this.everything = everything;
            for (CustomKind kind : CustomKind.values()) {
                custom.put(kind, new HashSet<>());
            }
        }

        Set<ObjectKey> custom(CustomKind kind) {
            return Objects.requireNonNull(custom.get(kind));
        }
    }

    synchronized void everything() {
        marked = new Marked(true);
    }

    synchronized void pod(ObjectKey key) {
        marked.pods.add(key);
    }

    synchronized void service(ObjectKey key) {
        marked.services.add(key);
    }

    synchronized void endpoints(ObjectKey service) {
        marked.endpoints.add(service);
    }

    synchronized void custom(CustomKind kind, ObjectKey key) {
        marked.custom(kind).add(key);
    }

    /**
     * Has all that is marked read and taken in. How much of it a read that failed has taken in nobody knows, and the marks are
     * gone: after one everything is marked.
     */
    void read(Consumer<Marked> reading) {
        Marked taken = take();
        boolean read = false;
        try {
            reading.accept(taken);
            read = true;
        } finally {
            if (!read) {
                everything();
            }
        }
    }

    private synchronized Marked take() {
        Marked taken = marked;
        marked = new Marked(false);
        return taken;
    }
}
