package io.osmj.controlplane.trust;

import io.osmj.certificates.rotation.ServerKeyManager;
import io.osmj.certificates.rotation.WorkloadCertificates;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds whether something is due. The pause is short and what is due is told by the clock on the wall, so a
 * jump of that clock, or a machine that slept, is noticed within one pause.
 */
final class RenewalRound implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RenewalRound.class);

    private final WorkloadCertificates workloads;
    private final RootLife root;
    private final List<ServerKeyManager> servers = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("trust-renewal").daemon().factory());

    RenewalRound(WorkloadCertificates workloads, RootLife root) {
        this.workloads = workloads;
        this.root = root;
    }

    void start(Duration pause) {
        // It never fails: each step catches its own.
        Future<?> _ =
                thread.scheduleWithFixedDelay(this::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    void add(ServerKeyManager server) {
        servers.add(server);
    }

    private void look() {
        step("the certificates of workloads", workloads::renewDue);
        servers.forEach(server -> step("a server certificate", () -> {
            if (server.renewDue()) {
                LOG.info("A server has a new {}.", server.certificate());
            }
        }));
        step("the end of the root", root::look);
    }

    /** One failure must neither keep the other steps from their turn nor end the rounds, as an executor would have it. */
    private static void step(String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("Looking after {} failed; it is tried again.", what, e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
