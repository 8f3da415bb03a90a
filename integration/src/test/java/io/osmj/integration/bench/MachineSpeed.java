package io.osmj.integration.bench;

import java.util.HashMap;
import java.util.Map;

/**
 * How fast the machine is now: figures of two days can be compared only where it is told. The same virtual machine did such work two and
 * a half times as slowly on some days as on others, while a loop of arithmetic in registers was as fast as ever: what it shares with its
 * neighbours is caches and memory.
 */
final class MachineSpeed {
    private static final int MAPS = 10;
    private static final int ADDITIONS = 100_000;
    private static final int WORDS = 50_000;
    private static final int ROUNDS = 10;

    private MachineSpeed() {}

    /** Milliseconds that one thread takes to count a million words, the fastest of ten times. The first of them compile the code. */
    static double milliseconds() {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            long sum = count();
            best = Math.min(best, System.nanoTime() - start);
            if (sum != (long) MAPS * ADDITIONS) {
                throw new AssertionError("counted " + sum);
            }
        }
        return best / 1e6;
    }

    private static long count() {
        long sum = 0;
        for (int map = 0; map < MAPS; map++) {
            Map<String, Integer> counts = new HashMap<>();
            for (int i = 0; i < ADDITIONS; i++) {
                counts.merge(Integer.toString(i % WORDS), 1, Integer::sum);
            }
            sum += counts.values().stream().mapToInt(Integer::intValue).sum();
        }
        return sum;
    }
}
