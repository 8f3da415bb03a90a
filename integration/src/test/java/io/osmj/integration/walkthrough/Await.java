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
        until(what, limit, Duration.ofMillis(200), assertions);
    }

    /** The same, for looks that cost something: one in five seconds. */
    static void seldom(String what, Duration limit, ThrowingRunnable assertions) {
        until(what, limit, Duration.ofSeconds(5), assertions);
    }

    private static void until(String what, Duration limit, Duration pause, ThrowingRunnable assertions) {
        Awaitility.await(what)
                .atMost(limit)
                .pollInterval(pause)
                .ignoreExceptions()
                .untilAsserted(assertions);
    }

    /** A breath between two looks at a condition. */
    static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
}
