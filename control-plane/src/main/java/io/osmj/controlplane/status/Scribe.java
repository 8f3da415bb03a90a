package io.osmj.controlplane.status;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes into the cluster what the leader has to write, soon after something changed and now and then anyway. */
public final class Scribe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);

    /** Several changes that come together are written together. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** What could not be written is tried again then. */
    private static final Duration ROUND = Duration.ofSeconds(20);

    private final BooleanSupplier leads;
    private final List<Runnable> tasks;
    private final AtomicBoolean due = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("scribe").daemon().factory());

    /**
     * A scribe that does not write yet.
     *
     * @param leads whether this replica is the leader
     * @param tasks each compares what should stand in the cluster with what does and writes the difference
     */
    public Scribe(BooleanSupplier leads, List<Runnable> tasks) {
        this.leads = leads;
        this.tasks = List.copyOf(tasks);
    }

    /** Begins. */
    public void start() {
        var _ = thread.scheduleWithFixedDelay(this::write, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** There may be something to write. Returns at once. */
    public void wake() {
        if (!thread.isShutdown() && due.compareAndSet(false, true)) {
            var _ = thread.schedule(this::write, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void write() {
        due.set(false);
        if (leads.getAsBoolean()) {
            tasks.forEach(Scribe::attempt);
        }
    }

    /** One task that fails must not keep the others from their turn. */
    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("Not everything could be written into the cluster; it is tried again: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
