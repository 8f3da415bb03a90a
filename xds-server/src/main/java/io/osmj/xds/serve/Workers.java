package io.osmj.xds.serve;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads of the platform, a few, for work that comes in bursts. They end when they were idle for some seconds, so a quiet
 * process has none.
 *
 * <p>They are never virtual. A virtual thread that waits for a lock of the class loader is taken off its carrier, and with as
 * few carriers as a small container has, all of them can be held by threads that load a class and wait for that very lock.
 */
public final class Workers {
    private static final Duration IDLE = Duration.ofSeconds(5);

    private Workers() {}

    /**
     * Threads called {@code name-0} and so on, none of them there yet.
     *
     * @param most threads at once
     * @param waiting how many tasks may wait for one; more are rejected
     */
    public static ThreadPoolExecutor named(String name, int most, int waiting) {
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                most,
                most,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(waiting),
                Thread.ofPlatform().name(name + "-", 0).daemon().factory());
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }
}
