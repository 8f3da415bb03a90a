package io.osmj.controlplane.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder in which the process keeps its files: for its own user only, and for one process at a time. */
final class StateFolder implements AutoCloseable {
    private static final FileAttribute<Set<PosixFilePermission>> OWN_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWN_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path root;
    private final FileChannel lockFile;
    private final FileLock lock;

    private StateFolder(Path root, FileChannel lockFile, FileLock lock) {
        this.root = root;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Takes the folder, and makes it if it is not there.
     *
     * @throws IOException if it cannot be had, or another process has it
     */
    static StateFolder take(Path root) throws IOException {
        own(root);
        FileChannel file = FileChannel.open(
                root.resolve("lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWN_FILE);
        @Nullable FileLock lock = file.tryLock();
        if (lock == null) {
            file.close();
            throw new IOException("another control plane keeps its files in " + root
                    + "; give this one a --state-dir of its" + " own, or end the other");
        }
        return new StateFolder(root, file, lock);
    }

    private static void own(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } else {
            Files.createDirectories(folder, OWN_FOLDER);
        }
    }

    /** A folder in it. */
    Path folder(String name) {
        try {
            Path folder = root.resolve(name);
            own(folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return root;
    }

    /** Writes a file as a whole, so that nobody ever reads half of it. */
    static void write(Path file, String text) {
        Path next = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            Files.deleteIfExists(next);
            Files.createFile(next, OWN_FILE);
            Files.write(next, text.getBytes(UTF_8));
            move(next, file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Removes the files of a folder but those with these names. */
    static void keepOnly(Path folder, Set<String> names) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!names.contains(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tidy " + folder, e);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
