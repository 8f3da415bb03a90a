package io.osmj.controlplane.heap;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has the old generation collected when it has grown by a quarter, at least by 6 MiB; when little has gone on for two rounds, already
 * when it has grown by an eighth, at least by 4 MiB. The serial collector collects it only when the heap cannot grow any more (seen
 * with JDK 25), so that a control plane with 40 MiB alive would come to hold half of its container's limit after some hours of
 * changes.
 *
 * <p>The program stands still for as long as a collection takes, a tenth of a second and more for 40 MiB alive. So collections get a
 * hundredth of the time at most, and it looks every ten seconds: what a start or many pods at once leave behind is collected once,
 * afterwards. With another collector than the serial one it does nothing, as those look after that themselves.
 */
public final class OldGarbage implements AutoCloseable {
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final int SHARE_OF_TIME = 100;
    private static final Growth BUSY = new Growth(6 << 20, 4);
    private static final Growth QUIET = new Growth(4 << 20, 8);

    /** So many young generations are filled in a round in which little goes on, and after so many such rounds it is quiet. */
    private static final int FEW = 1;

    private static final int LONG = 2;

    private final Optional<MemoryPoolMXBean> old = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().equals("Tenured Gen"))
            .findAny();
    private final Optional<GarbageCollectorMXBean> young = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(collector -> collector.getName().equals("Copy"))
            .findAny();
    private final Duration round;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("old-garbage").daemon().factory());
    private long alive;
    private long filled;
    private int rounds;

    /** By how many bytes, and by one part of how many of what is alive, the old generation may grow. */
    private record Growth(long least, int share) {
        boolean reached(long growth, long alive) {
            return growth > Math.max(least, alive / share);
        }
    }

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
        Growth allowed = isQuiet() ? QUIET : BUSY;
        return allowed.reached(pool.getUsage().getUsed() - alive, alive) ? collect(pool) : Duration.ZERO;
    }

    private boolean isQuiet() {
        long before = filled;
        filled = young.map(GarbageCollectorMXBean::getCollectionCount).orElse(Long.MAX_VALUE);
        rounds = filled - before <= FEW ? rounds + 1 : 0;
        return rounds >= LONG;
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
