package io.osmj.controlplane.heap;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has the old generation collected when it has grown by an eighth, at least by 4 MiB. The serial collector collects it only when the
 * heap cannot grow any more (seen with JDK 25: {@code TenuredGeneration} expands as long as there is reserved room), so that a
 * control plane with 40 MiB alive would come to hold half of its container's limit after some hours of changes.
 *
 * <p>The program stands still for as long as a collection takes, some tens of milliseconds for 40 MiB alive. So it is given a
 * hundredth of the time at most, and looks every ten seconds: what a start or many pods at once leave behind is collected once,
 * afterwards. With another collector than the serial one it does nothing, as those look after that themselves.
 */
public final class OldGarbage implements AutoCloseable {
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final int SHARE_OF_TIME = 100;
    private static final long LEAST_GROWTH = 4 << 20;
    private static final int SHARE_OF_GROWTH = 8;

    private final Optional<MemoryPoolMXBean> old = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().equals("Tenured Gen"))
            .findAny();
    private final Duration round;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("old-garbage").daemon().factory());
    private long alive;

    /** Looks every ten seconds, once it is started. */
    public OldGarbage() {
        this(ROUND);
    }

    OldGarbage(Duration round) {
        this.round = round;
    }

    /** Collects what the start has left, and begins to look. */
    public void start() {
        old.ifPresent(pool -> {
            collect(pool);
            next(pool, Duration.ZERO);
        });
    }

    private void next(MemoryPoolMXBean pool, Duration collection) {
        Duration rest = collection.multipliedBy(SHARE_OF_TIME);
        Duration wait = rest.compareTo(round) > 0 ? rest : round;
        var _ = thread.schedule(() -> next(pool, look(pool)), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How long a collection took, none if there was no need of one. */
    private Duration look(MemoryPoolMXBean pool) {
        long growth = pool.getUsage().getUsed() - alive;
        return growth > Math.max(LEAST_GROWTH, alive / SHARE_OF_GROWTH) ? collect(pool) : Duration.ZERO;
    }

    private Duration collect(MemoryPoolMXBean pool) {
        long begin = System.nanoTime();
        System.gc();
        alive = pool.getUsage().getUsed();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
