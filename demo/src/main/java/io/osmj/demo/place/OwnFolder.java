package io.osmj.demo.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;

/**
 * A folder below the system's for temporary files, for this user alone. Closing removes it. A process that is killed cannot
 * do that, so the next one does: a folder belongs to nobody any more when its lock is free.
 */
public final class OwnFolder implements AutoCloseable {
    private static final String PREFIX = "osm-demo-";
    private static final String LOCK = "lock";

    private final Path path;
    private final FileChannel lock;

    private OwnFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes one, and removes those that are left over. */
    public static OwnFolder take() {
        try {
            Path path = Files.createTempDirectory(temporary(), PREFIX);
            Path unready = path.resolve(".lock");
            FileChannel lock = FileChannel.open(unready, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            lock.lock();
            // With its name it has its lock: another demo must not take it for one that is left over.
            Files.move(unready, path.resolve(LOCK));
            removeAbandoned(path);
            return new OwnFolder(path, lock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Java does not look at this variable, other programs do. */
    private static Path temporary() {
        String named = System.getenv().getOrDefault("TMPDIR", "");
        return Path.of(named.isEmpty() ? "/tmp" : named);
    }

    /** The folder itself. */
    public Path path() {
        return path;
    }

    /** The numeric id of the user that it belongs to, which is this process's. */
    public int owner() {
        try {
            return (int) Files.getAttribute(path, "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeAbandoned(Path own) throws IOException {
        try (var others = Files.newDirectoryStream(own.resolveSibling("."), PREFIX + "*")) {
            for (Path other : others) {
                if (!other.getFileName().equals(own.getFileName()) && abandoned(other, own)) {
                    remove(other);
                }
            }
        }
    }

    private static boolean abandoned(Path other, Path own) {
        try {
            if (!Files.getOwner(other).equals(Files.getOwner(own))) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(other.resolve(LOCK), StandardOpenOption.WRITE)) {
                return channel.tryLock() != null;
            }
        } catch (IOException e) {
            return false;
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> paths;
        try (var walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }

    @Override
    public void close() {
        try {
            remove(path);
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
