package io.osmj.cli.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The demo's program while it runs. It ends with this command, also when this command is told to end. */
final class DemoRun implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private final Process process;
    private final boolean nested;
    private final Thread ending = Thread.ofPlatform().name("ending").unstarted(this::end);

    private DemoRun(Process process, boolean nested) {
        this.process = process;
        this.nested = nested;
    }

    static DemoRun start(Ground ground, List<String> command) throws IOException {
        List<String> whole =
                Stream.concat(ground.command().stream(), command.stream()).toList();
        DemoRun run = new DemoRun(new ProcessBuilder(whole).inheritIO().start(), ground.nested());
        Runtime.getRuntime().addShutdownHook(run.ending);
        return run;
    }

    /** Waits for its end; the exit code. */
    int await() throws InterruptedException {
        return process.waitFor();
    }

    /** A request to end goes to the program: when unshare ends first, the program is killed before it gave back the terminal. */
    private void end() {
        if (nested) {
            process.children().forEach(ProcessHandle::destroy);
        } else {
            process.destroy();
        }
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            end();
        }
    }
}
