package io.osmj.controlplane.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All objects of one kind, kept up to date by an informer that never gives up. */
final class Feed<T extends HasMetadata> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private final String kind;
    private final boolean optional;
    private final Supplier<SharedIndexInformer<T>> informers;
    private final UnaryOperator<T> kept;
    private volatile SharedIndexInformer<T> informer;
    private @Nullable SharedIndexInformer<T> successor;
    private volatile boolean missing;
    private volatile String trouble = "";
    private volatile @Nullable FeedEvents<T> events;

    /**
     * A feed of one kind.
     *
     * @param optional whether the mesh runs without the kind where the cluster does not have it
     * @param informers makes one that was not started
     * @param kept what is kept in memory of an object
     */
    Feed(String kind, boolean optional, Supplier<SharedIndexInformer<T>> informers, UnaryOperator<T> kept) {
        this.kind = kind;
        this.optional = optional;
        this.informers = informers;
        this.kept = kept;
        this.informer = fresh();
    }

    private SharedIndexInformer<T> fresh() {
        return informers.get().removeNamespaceIndex().itemStore(new LeanStore<>(kept));
    }

    /** The key of an object: its name, behind its namespace and a slash if it has one. */
    static String key(HasMetadata object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    /**
     * Starts to list and watch.
     *
     * @param concerns whether objects of a namespace can change the mesh's state
     * @param changed called after each event that may
     */
    void start(Predicate<String> concerns, Runnable changed, EventCounter counter, Watching<T> watching) {
        this.events = new FeedEvents<>(kind, concerns, changed, counter, watching, this::listed);
        start(informer, events);
    }

    private CompletionStage<Void> start(SharedIndexInformer<T> started, FeedEvents<T> told) {
        started.addEventHandler(told);
        started.exceptionHandler((_, fault) -> {
            failed(fault);
            told.everything();
            return true;
        });
        return started.start();
    }

    /**
     * Lists and watches anew over connections of its own, because those of before may be dead. Until everything was read
     * again, what was read before holds.
     */
    synchronized void renew() {
        FeedEvents<T> told = events;
        if (told == null) {
            return;
        }
        if (successor != null) {
            successor.stop();
        }
        SharedIndexInformer<T> next = fresh();
        successor = next;
        var _ = start(next, told).thenRun(() -> {
            if (succeed(next)) {
                told.everything();
            }
        });
    }

    private synchronized boolean succeed(SharedIndexInformer<T> next) {
        if (!next.equals(successor)) {
            return false;
        }
        informer.stop();
        informer = next;
        successor = null;
        return true;
    }

    /** What is wrong with listing and watching right now; empty when nothing is. */
    String trouble() {
        return trouble;
    }

    String kind() {
        return kind;
    }

    /** Whether all objects were read once, or it is known that the cluster has no such kind. */
    boolean ready() {
        return missing || informer.hasSynced();
    }

    /** Whether the cluster has no such kind. */
    boolean missing() {
        return missing;
    }

    /** The objects in no order; none where the kind is missing, even if some were seen before it went. */
    List<T> objects() {
        return missing ? List.of() : informer.getStore().list();
    }

    /**
     * One object.
     *
     * @param key its name, behind its namespace and a slash if it has one
     */
    Optional<T> find(String key) {
        return missing
                ? Optional.empty()
                : Optional.ofNullable(informer.getStore().getByKey(key));
    }

    boolean watching() {
        return missing || informer.isWatching();
    }

    @Override
    public synchronized void close() {
        informer.stop();
        if (successor != null) {
            successor.stop();
        }
    }

    /** Only a plain 404 says that there is no such kind; whatever else it may be, the objects may well be there. */
    private void failed(Throwable fault) {
        Throwable cause = fault.getCause() == null ? fault : fault.getCause();
        int code = cause instanceof KubernetesClientException refused ? refused.getCode() : 0;
        missing = optional && code == 404;
        String now = missing ? "the cluster has no such kind" : "code " + code + ": " + cause.getMessage();
        if (!now.equals(trouble)) {
            LOG.warn("Cannot list and watch {}: {}. It is tried again.", kind, now);
        }
        trouble = now;
    }

    private void listed() {
        if (missing || !trouble.isEmpty()) {
            LOG.info("{} can be listed and watched again.", kind);
        }
        missing = false;
        trouble = "";
    }
}
