package io.osmj.demo.scene;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for conditions. */
public final class Waiting {
    private static final Duration STEP = Duration.ofMillis(25);

    private Waiting() {}

    /** Whether the condition held within this time. */
    public static boolean until(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            aMoment();
        }
        return true;
    }

    /** The time between two looks at a condition. */
    public static void aMoment() {
        try {
            Thread.sleep(STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the demo ends", e);
        }
    }
}
