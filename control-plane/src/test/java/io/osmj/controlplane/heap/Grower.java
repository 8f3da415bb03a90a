package io.osmj.controlplane.heap;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** A program whose garbage becomes old before it dies. It prints how many collections of the old generation there were. */
final class Grower {
    private static final int PIECE = 1 << 10;
    private static final int ALIVE = 8 << 10;
    private static final int MOST = 192 << 20;
    private static final int ENOUGH = 3;

    private Grower() {}

    /**
     * Makes garbage, of which each piece outlives 8 MiB that come after it, until there were three collections, at most 192
     * MiB.
     *
     * @param arguments {@code kept} to have an {@link OldGarbage} beside it
     */
    public static void main(String[] arguments) throws InterruptedException {
        Deque<byte[]> alive = new ArrayDeque<>();
        try (OldGarbage garbage = new OldGarbage(Duration.ofMillis(10))) {
            if (arguments.length > 0) {
                garbage.start();
            }
            for (int made = 0; made < MOST && collections() < ENOUGH; made += PIECE) {
                alive.addLast(new byte[PIECE]);
                if (alive.size() > ALIVE) {
                    alive.removeFirst();
                }
                if (made % (1 << 20) == 0) {
                    // As slow as a program that is told something now and then.
                    Thread.sleep(20);
                }
            }
        }
        System.out.println(collections());
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector -> collector.getName().equals("MarkSweepCompact"))
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }
}
