package io.osmj.integration.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do. */
final class Waiting {
    private static final long LOOK_MILLIS = 20;

    private Waiting() {}

    /** Until it is so. */
    static void until(String what, Duration most, BooleanSupplier so) {
        long end = System.nanoTime() + most.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + most + ": " + what);
            }
            pause(LOOK_MILLIS);
        }
    }

    /** For a time: where the measure is what happens meanwhile. */
    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
