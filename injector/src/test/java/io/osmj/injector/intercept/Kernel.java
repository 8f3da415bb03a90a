package io.osmj.injector.intercept;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * Runs code on a thread of its own that has entered a network namespace and has a user id of its own. Sockets that the
 * thread opens belong to both; the rest of the process stays where and who it is.
 */
final class Kernel {
    private static final int NEW_NETWORK = 0x40000000;
    private static final MethodHandle OPEN = function("open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final MethodHandle ENTER = function("setns", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle CLOSE = function("close", ValueLayout.JAVA_INT);
    private static final MethodHandle USER = function("setfsuid", ValueLayout.JAVA_INT);

    private Kernel() {}

    /** The result of the code, run in the namespace of this name by this user. */
    static <T> T in(String namespace, int user, Callable<T> code) throws Exception {
        FutureTask<T> task = new FutureTask<>(() -> {
            enter(Path.of("/run/netns", namespace));
            int before = call(USER, user);
            if (before != 0) {
                throw new IllegalStateException("only root can be somebody else");
            }
            return code.call();
        });
        Thread thread = Thread.ofPlatform().daemon().start(task);
        T result = task.get();
        thread.join();
        return result;
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

    @SuppressWarnings("restricted") // calling the kernel is what this class is for
    private static MethodHandle function(String name, ValueLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }
}
