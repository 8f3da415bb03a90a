package io.osmj.controlplane;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the process ends after SIGTERM: in order, but in any case soon. */
final class Shutdown {
    /** Less than the ten seconds after which an impatient supervisor kills. */
    static final Duration LONGEST = Duration.ofSeconds(9);

    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private Shutdown() {}

    /** Closes, waits for it at most so long, and ends the process with 0: being asked to end is no failure. */
    static void within(Duration time, Runnable close) {
        Thread closing = Thread.ofPlatform().name("closing").daemon().start(close);
        try {
            if (!closing.join(time)) {
                LOG.warn("Not everything was closed within {} s.", time.toSeconds());
            }
        } catch (InterruptedException e) {
            LOG.warn("Closing was interrupted.");
        }
        Runtime.getRuntime().halt(0);
    }
}
