package io.osmj.controlplane.watch;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out when watches are dead though their connections look alive, as after a firewall forgot them. The leader's Lease is
 * written every six seconds, so a watch on it that stands still while the Lease itself moves on is dead; and what killed it
 * has most likely killed the others, which then are made anew. The Lease itself is asked for only when the watch stands still.
 *
 * <p>A watch that ended is tried again by its informer for as long as it takes, whatever the API server says to it: that its kind
 * was removed, or that this account may no longer read it. Only a list tells, so a kind without a watch is listed.
 */
public final class Pulse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final Duration ROUND = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final KubernetesSource source;
    private final String namespace;
    private final String name;
    private final Feed<Lease> feed;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("pulse").daemon().factory());
    private String seen = "";
    private String stoodAt = "";
    private Set<String> unwatched = Set.of();

    /**
     * A pulse that is not felt yet.
     *
     * @param client that gives up after some seconds
     * @param namespace of the Lease
     * @param name of the Lease
     * @param source that is made anew
     */
    public Pulse(KubernetesClient client, String namespace, String name, KubernetesSource source) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
        this.source = source;
        this.feed = new Feed<>("Lease", true, () -> lease().runnableInformer(0), lease -> lease);
    }

    /** Begins. */
    public void start() {
        feed.start(_ -> false, () -> {}, (_, _) -> {}, Watching.of(_ -> {}, () -> {}));
        var _ = thread.scheduleWithFixedDelay(this::feel, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Resource<Lease> lease() {
        return client.leases().inNamespace(namespace).withName(name);
    }

    private void feel() {
        try {
            String watched = version(feed.find(namespace + "/" + name));
            boolean moves = !watched.equals(seen);
            seen = watched;
            compare(moves ? watched : version(Optional.ofNullable(lease().get())), watched);
            list(Set.copyOf(source.silentKinds()));
        } catch (KubernetesClientException e) {
            // The API server cannot be asked, so nothing can be said about the watch.
            stoodAt = "";
            unwatched = Set.of();
        }
    }

    /** Lists the kinds that had no watch at the last round either: one that only ended is back within a second. */
    private void list(Set<String> silent) {
        Set<String> still = new TreeSet<>(silent);
        still.retainAll(unwatched);
        unwatched = silent;
        if (!still.isEmpty()) {
            LOG.warn("There has been no watch on {} for {} s; listing anew.", still, ROUND.toSeconds());
            source.renew(still);
        }
    }

    private void compare(String actual, String watched) {
        if (actual.equals(watched) || watched.isEmpty()) {
            stoodAt = "";
            return;
        }
        if (!watched.equals(stoodAt)) {
            stoodAt = watched;
            return;
        }
        LOG.warn("The watches have stood still for {} s though there is news; they are made anew.", ROUND.toSeconds());
        stoodAt = "";
        feed.renew();
        source.renew();
    }

    private static String version(Optional<Lease> lease) {
        return lease.map(found -> found.getMetadata().getResourceVersion()).orElse("");
    }

    @Override
    public void close() {
        thread.shutdownNow();
        feed.close();
    }
}
