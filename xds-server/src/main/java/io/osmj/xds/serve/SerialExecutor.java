package io.osmj.xds.serve;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Runs tasks one after the other, in the order they came in, on threads of another executor. */
final class SerialExecutor implements Executor {
    /** Then it is the turn of others, which share the few threads. */
    private static final int MOST_IN_A_ROW = 16;

    private final Executor threads;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    SerialExecutor(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        threads.execute(this::drain);
    }

    private void drain() {
        for (int done = 0; done < MOST_IN_A_ROW; done++) {
            Runnable task = poll();
            if (task == null) {
                return;
            }
            run(task);
        }
        threads.execute(this::drain);
    }

    /** A task that fails ends the thread's turn; the tasks behind it, such as the end of a stream, have theirs all the same. */
    private void run(Runnable task) {
        boolean done = false;
        try {
            task.run();
            done = true;
        } finally {
            if (!done) {
                threads.execute(this::drain);
            }
        }
    }

    private @Nullable Runnable poll() {
        synchronized (tasks) {
            Runnable task = tasks.poll();
            running = task != null;
            return task;
        }
    }
}
