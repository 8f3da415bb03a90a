package io.osmj.integration.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.osmj.integration.program.BuiltProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The command {@code osm demo --once} in a process of its own, and every process that comes from it. */
final class RunningDemo implements AutoCloseable {
    private static final String ENVOY =
            System.getProperty("osm.envoy", System.getProperty("user.home") + "/.cache/osm-java/envoy-1.40.0/envoy");

    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private RunningDemo(Process process) {
        this.process = process;
        this.reader = Thread.ofVirtual()
                .start(() -> process.inputReader(UTF_8).lines().forEach(lines::add));
    }

    static RunningDemo start(Way way) throws IOException {
        return start(way, Map.of());
    }

    /** The same with variables in its environment. */
    static RunningDemo start(Way way, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(way, "--once")).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new RunningDemo(builder.start());
    }

    /** What starts the demo, with these options besides those of its way. */
    static List<String> command(Way way, String... options) {
        // Whoever runs the tests in the background of a shell has them ignore SIGINT, and so would the demo.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(way.user());
        command.addAll(BuiltProgram.OSM.command("demo", way.option()));
        command.addAll(List.of(options));
        if (!way.user().isEmpty()) {
            // Another user has none of its own.
            command.add("--envoy=" + ENVOY);
        }
        return command;
    }

    /** What it printed so far. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits until the first step held, and so everything runs. */
    void awaitFirstStep() {
        await().atMost(LONGEST_START).until(() -> lines.stream().anyMatch(line -> line.startsWith("✓ permissive")));
    }

    /** Waits for its end; the exit code. */
    int exit() throws InterruptedException {
        int code = process.waitFor();
        reader.join();
        return code;
    }

    /** All processes that come from it, with itself, as they are now. */
    List<ProcessHandle> family() {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        family.add(process.toHandle());
        return family;
    }

    /** The demo's program, which the command waits for; only without namespaces is it the command's own child. */
    ProcessHandle program() {
        return process.children().findFirst().orElseThrow();
    }

    /** Sends a signal to the command alone. */
    void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill ended with " + code);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
