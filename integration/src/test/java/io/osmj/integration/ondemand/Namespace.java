package io.osmj.integration.ondemand;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * A network namespace and threads that live in it. What they open, and the processes and threads that they start, are in it
 * too.
 */
final class Namespace implements AutoCloseable {
    private static final int NEW_NETWORK = 0x40000000;
    private static final MethodHandle OPEN = function("open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final MethodHandle ENTER = function("setns", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle CLOSE = function("close", ValueLayout.JAVA_INT);

    private final String name;
    private final ExecutorService threads;

    Namespace(String name) {
        this.name = name + "-" + ProcessHandle.current().pid();
        command("ip", "netns", "add", this.name);
        command("ip", "-n", this.name, "link", "set", "lo", "up");
        this.threads = Executors.newCachedThreadPool(task -> Thread.ofPlatform()
                .daemon()
                .unstarted(() -> {
                    enter(Path.of("/run/netns", this.name));
                    task.run();
                }));
    }

    String name() {
        return name;
    }

    <T> Future<T> start(Callable<T> code) {
        return threads.submit(code);
    }

    <T> T call(Callable<T> code) {
        try {
            return start(code).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Runs a program in the namespace to its end; what it printed. */
    String run(String... command) {
        return command(Stream.concat(Stream.of("ip", "netns", "exec", name), Stream.of(command))
                .toArray(String[]::new));
    }

    static String command(String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("XTABLES_LOCKFILE", "/dev/null");
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.onExit().join().exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void enter(Path namespace) {
        try (Arena arena = Arena.ofConfined()) {
            int file = call(OPEN, arena.allocateFrom(namespace.toString()), 0);
            int entered = call(ENTER, file, NEW_NETWORK);
            if (file < 0 || entered != 0 || call(CLOSE, file) != 0) {
                throw new IllegalStateException("cannot enter " + namespace);
            }
        }
    }

    private static int call(MethodHandle function, Object... arguments) {
        try {
            return (int) function.invokeWithArguments(arguments);
        } catch (Throwable failed) {
            throw new IllegalStateException(failed);
        }
    }

    @SuppressWarnings("restricted") // calling the kernel is what this is for
    private static MethodHandle function(String name, ValueLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        command("ip", "netns", "delete", name);
    }
}
