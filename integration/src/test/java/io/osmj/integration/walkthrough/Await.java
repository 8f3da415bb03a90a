package io.osmj.integration.walkthrough;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waits for conditions. */
final class Await {
    private Await() {}

    /** Waits until the assertions hold. */
    static void until(String what, Duration limit, ThrowingRunnable assertions) {
        Awaitility.await(what)
                .atMost(limit)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(assertions);
    }

    /** A breath between two looks at a condition. */
    static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
}
