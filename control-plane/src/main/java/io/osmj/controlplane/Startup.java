package io.osmj.controlplane;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which parts of the process run, and the steps towards it that are tried until they succeed. Safe for many threads. */
final class Startup {
    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final Set<Part> running = EnumSet.noneOf(Part.class);
    private boolean ending;

    /** A part that must run before the process is ready. */
    enum Part {
        TRUST,
        WEBHOOKS,
        XDS
    }

    /** Runs a step until it succeeds: the API server may come later than we do. */
    <T> T until(Part part, Callable<T> step) throws InterruptedException {
        String told = "";
        while (!ending()) {
            try {
                T result = step.call();
                reached(part);
                return result;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                String reason = String.valueOf(e.getMessage());
                if (!reason.equals(told)) {
                    LOG.warn("Cannot start {} yet: {}. It is tried again.", part, reason);
                }
                told = reason;
            }
            Thread.sleep(PAUSE);
        }
        throw new CancellationException("told to end before " + part + " was started");
    }

    /** Waits until it is so, and no longer than until the process is told to end. */
    void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean() && !ending()) {
            Thread.sleep(GLANCE);
        }
    }

    private synchronized void reached(Part part) {
        running.add(part);
        LOG.info("{} runs.", part);
    }

    synchronized boolean runs(Part part) {
        return running.contains(part);
    }

    /** From now on the process is not ready and starts nothing more. */
    synchronized void end() {
        ending = true;
    }

    /** Waits, unless somebody is in a hurry. */
    void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized boolean ending() {
        return ending;
    }
}
