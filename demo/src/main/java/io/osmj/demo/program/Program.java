package io.osmj.demo.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A program that the demo runs, one process at a time. All that it prints goes to its log, and line by line to whoever listens.
 *
 * <p>Its standard input is a pipe that is never written to: it ends with the demo, whichever way the demo ends.
 */
public final class Program implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final String name;
    private final String without;
    private final Supplier<List<String>> command;
    private final Path log;
    private final Consumer<String> lines;
    private volatile @Nullable Process process;
    private volatile boolean wanted;

    /**
     * A program that does not run yet.
     *
     * @param name for the view and for messages
     * @param without what the mesh does when it is gone, in a few words
     * @param command asked at each start
     * @param log what its processes print, one after the other
     * @param lines told each line, on a thread of its own
     */
    public Program(String name, String without, Supplier<List<String>> command, Path log, Consumer<String> lines) {
        this.name = name;
        this.without = without;
        this.command = command;
        this.log = log;
        this.lines = lines;
    }

    public String name() {
        return name;
    }

    /** What the mesh does when it is gone, in a few words. */
    public String without() {
        return without;
    }

    /** Where the log is. */
    public Path log() {
        return log;
    }

    /** Starts a process, which must not run yet. */
    public synchronized void start() {
        if (alive()) {
            throw new IllegalStateException(name + " runs already");
        }
        try {
            Process started =
                    new ProcessBuilder(command.get()).redirectErrorStream(true).start();
            process = started;
            wanted = true;
            Thread.ofVirtual().name(name).start(() -> read(started));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** Whether a process runs. */
    public boolean alive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /** How the process ended, if it was not the demo that ended it. */
    public Optional<String> lost() {
        Process last = process;
        return wanted && last != null && !last.isAlive() ? Optional.of(ending(last.exitValue())) : Optional.empty();
    }

    /** As shells have it: a signal shows as 128 and its number. */
    private static String ending(int code) {
        return code > 128 ? "killed by signal " + (code - 128) : "ended with code " + code;
    }

    /** Starts a process in place of one that is lost; nothing if none is. */
    public synchronized void revive() {
        if (lost().isPresent()) {
            start();
        }
    }

    /** The id of the process that runs or ran last; 0 before the first. */
    public long pid() {
        Process running = process;
        return running == null ? 0 : running.pid();
    }

    /** Ends the process as a power cut does, and waits until it is gone. */
    public synchronized void kill() {
        wanted = false;
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            await(running, GRACE);
        }
    }

    /** Asks the process to end, and ends it if it does not. */
    @Override
    public synchronized void close() {
        wanted = false;
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        if (!await(running, GRACE)) {
            kill();
        }
    }

    private static boolean await(Process process, Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void read(Process running) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(running.getInputStream(), UTF_8));
                var writer =
                        Files.newBufferedWriter(log, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
                writer.write(line);
                writer.newLine();
                writer.flush();
            }
        } catch (IOException e) {
            // The pipe broke because the process was killed, or the folder of logs is gone because the demo ends.
        }
    }
}
