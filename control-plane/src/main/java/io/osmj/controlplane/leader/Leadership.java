package io.osmj.controlplane.leader;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes part in the election of the leader for as long as it is open. */
public final class Leadership implements AutoCloseable {
    /** The Lease that the installation creates. */
    public static final String LEASE = "osm-controller-leader";

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    /**
     * As long as that the leader's work may wait for another leader. It is to write down what was found: status, events, the
     * webhooks' roots. All replicas serve proxies, whoever leads.
     */
    private static final Duration LEASE_TIME = Duration.ofSeconds(17);

    private static final Duration RENEW_WITHIN = Duration.ofSeconds(14);

    /**
     * Twice within the time to renew, and in each round in which the watch on the Lease is looked at. In an idle mesh this is a good
     * part of what there is to do.
     */
    private static final Duration TRY_EVERY = Duration.ofSeconds(6);

    private final KubernetesClient client;
    private final LeaderElectionConfig election;
    private volatile boolean leads;
    private volatile boolean open = true;
    private volatile @Nullable CompletableFuture<?> running;

    /**
     * A candidate that does not stand yet.
     *
     * @param namespace of the Lease
     * @param candidate the name of this replica, which no other has
     * @param elected called each time this replica becomes the leader; must return at once
     */
    public Leadership(KubernetesClient client, String namespace, String candidate, Runnable elected) {
        this.client = client;
        this.election = new LeaderElectionConfigBuilder()
                .withName(LEASE)
                .withLock(new InstalledLease(namespace, LEASE, candidate))
                .withLeaseDuration(LEASE_TIME)
                .withRenewDeadline(RENEW_WITHIN)
                .withRetryPeriod(TRY_EVERY)
                .withReleaseOnCancel()
                .withLeaderCallbacks(new LeaderCallbacks(() -> won(elected), this::lost, this::heard))
                .build();
    }

    /** Stands for election, now and again whenever the leadership is lost. */
    public synchronized void start() {
        if (!open) {
            return;
        }
        CompletableFuture<?> term =
                client.leaderElector().withConfig(election).build().start();
        running = term;
        var _ = term.whenCompleteAsync(
                (_, _) -> start(), CompletableFuture.delayedExecutor(TRY_EVERY.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Whether this replica is the leader. */
    public boolean leads() {
        return leads;
    }

    /** Stands no more, and hands the lease back so that another replica need not wait for its end. */
    @Override
    public synchronized void close() {
        open = false;
        CompletableFuture<?> term = running;
        if (term != null) {
            term.cancel(true);
        }
    }

    private void won(Runnable elected) {
        leads = true;
        LOG.info("This replica is the leader now.");
        elected.run();
    }

    private void lost() {
        leads = false;
    }

    private void heard(String leader) {
        LOG.info("The leader is {}.", leader);
    }
}
