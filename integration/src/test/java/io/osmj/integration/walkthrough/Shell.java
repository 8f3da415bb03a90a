package io.osmj.integration.walkthrough;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs programs in the checkout, with the cluster's kubeconfig in their environment. */
final class Shell {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path directory;
    private final Map<String, String> environment;

    Shell(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = Map.copyOf(environment);
    }

    /**
     * What a program did.
     *
     * @param exitCode 0 when it succeeded
     * @param output both of its streams, in the order written
     */
    record Result(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    Result run(List<String> command, String input) {
        return run(start(command), input);
    }

    /** The same, but what the program says on its standard error is not part of the output. */
    Result runForData(List<String> command) {
        return run(start(command, builder -> builder.redirectError(ProcessBuilder.Redirect.DISCARD)), "");
    }

    private static Result run(Process process, String input) {
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The program ended without reading its input; its exit code tells the rest.
        }
        return finish(process, output);
    }

    /** A program that goes on; the caller ends it. */
    Process start(List<String> command) {
        return start(command, builder -> builder.redirectErrorStream(true));
    }

    private Process start(List<String> command, Consumer<ProcessBuilder> streams) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
            streams.accept(builder);
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result finish(Process process, CompletableFuture<String> output) {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Result(-1, output.join() + "\n(ended after " + LIMIT.toSeconds() + " s)");
            }
            return new Result(process.exitValue(), output.join());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return new Result(-1, "interrupted");
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
