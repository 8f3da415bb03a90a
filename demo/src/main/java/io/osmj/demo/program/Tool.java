package io.osmj.demo.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the operating system that do one thing and end. */
public final class Tool {
    private Tool() {}

    /**
     * Runs a program to its end.
     *
     * @throws ToolException with all that it printed, if it is missing or fails
     */
    public static void run(String... command) {
        run(Map.of(), command);
    }

    /** The same with variables in its environment. */
    public static void run(Map<String, String> environment, String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            int code = process.onExit().join().exitValue();
            if (code != 0) {
                throw new ToolException(String.join(" ", command) + " ended with " + code + ": " + output.strip());
            }
        } catch (IOException e) {
            throw new ToolException(command[0] + " cannot be run: " + e.getMessage());
        }
    }

    /** Where a program is: on the PATH, or where distributions keep those that only root is expected to use. */
    public static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Arrays.stream(path.split(":", -1)), Stream.of("/usr/sbin", "/sbin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The path of a program that must be there. */
    public static String path(String name) {
        return find(name)
                .orElseThrow(() -> new ToolException(name + " is not installed"))
                .toString();
    }

    /** A program of the operating system is missing or failed. The message is for the user. */
    public static final class ToolException extends UncheckedIOException {
        private static final long serialVersionUID = 1;

        ToolException(String message) {
            super(message, new IOException(message));
        }
    }
}
