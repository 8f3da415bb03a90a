package io.osmj.xds.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tasks one after the other, on threads that a test plays. */
final class SerialExecutorTest {
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final SerialExecutor serial = new SerialExecutor(threads::add);
    private final List<Integer> done = new ArrayList<>();

    @Test
    void othersHaveTheirTurnInBetween() {
        IntStream.range(0, 40).forEach(task -> serial.execute(() -> done.add(task)));
        assertThat(threads).hasSize(1);
        threads.remove().run();
        assertThat(done).hasSize(16);
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
        assertThat(done).hasSize(40).isSorted();
        serial.execute(() -> done.add(40));
        threads.remove().run();
        assertThat(done).endsWith(39, 40);
    }

    @Test
    void aTaskThatFailsHoldsNothingUp() {
        serial.execute(() -> {
            throw new AssertionError("no");
        });
        serial.execute(() -> done.add(1));
        assertThatThrownBy(() -> threads.remove().run()).hasMessage("no");
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
        assertThat(done).containsExactly(1);
    }
}
