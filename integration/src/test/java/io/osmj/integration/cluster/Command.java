package io.osmj.integration.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A program of the machine, run to its end. */
public final class Command {
    private static final int LINES_SHOWN = 20;

    private Command() {}

    /**
     * A script of this repository.
     *
     * @param name the script's name below {@code scripts/}
     */
    public static List<String> script(String name, String... arguments) {
        return Stream.concat(
                        Stream.of(repository().resolve("scripts").resolve(name).toString()), Stream.of(arguments))
                .toList();
    }

    /**
     * Runs the command, waits for it and tells what it wrote.
     *
     * @throws IllegalStateException if it ends with another code than 0; the message has the last lines it wrote
     */
    public static Ended run(List<String> command) {
        var ended = end(command);
        if (ended.code() != 0) {
            throw new IllegalStateException(
                    "`%s` ended with %d:%n%s".formatted(String.join(" ", command), ended.code(), ended.end()));
        }
        return ended;
    }

    /** Runs the command and waits for it, whatever it ends with. */
    public static Ended end(List<String> command) {
        try {
            // A file and not a pipe: a pipe would stay open for as long as a program the command leaves behind holds
            // it.
            var output = Files.createTempFile("osm-java-command-", ".log");
            try {
                var process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                process.getOutputStream().close();
                var code = process.waitFor();
                return new Ended(code, Files.readAllLines(output));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("`%s` could not be run".formatted(String.join(" ", command)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while `%s` ran".formatted(String.join(" ", command)), e);
        }
    }

    /** The folder that holds {@code scripts/}: the one tests run in, or one above it. */
    public static Path repository() {
        var start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve("scripts/local-cluster"))) {
                return folder;
            }
        }
        throw new IllegalStateException("scripts/local-cluster is neither in " + start + " nor in a folder above it");
    }

    /**
     * How a command ended.
     *
     * @param code its exit code
     * @param lines all it wrote
     */
    public record Ended(int code, List<String> lines) {
        public Ended {
            lines = List.copyOf(lines);
        }

        /** The last line it wrote, which is where our scripts put their answer; empty if it wrote nothing. */
        public String lastLine() {
            return lines.isEmpty() ? "" : lines.getLast();
        }

        private String end() {
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
        }
    }
}
