package io.osmj.controlplane.files;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Waits until the system tells of a change below a folder, or a time is over. Where it can tell nothing, the time is. */
final class FolderWatch implements AutoCloseable {
    private static final int DEEPEST = 32;

    private final Path folder;
    private final @Nullable WatchService service = service();
    private final Map<Path, WatchKey> keys = new HashMap<>();

    FolderWatch(Path folder) {
        this.folder = folder;
    }

    private static @Nullable WatchService service() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            // As when the user has too many inotify instances; looking every round still works.
            return null;
        }
    }

    void await(Duration atMost) throws InterruptedException {
        WatchService watching = service;
        if (watching == null) {
            Thread.sleep(atMost);
            return;
        }
        register(watching);
        WatchKey key = watching.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        while (key != null) {
            key.pollEvents();
            if (!key.reset()) {
                keys.values().remove(key);
            }
            key = watching.poll();
        }
    }

    /** Folders that came since the last time are watched from now on. */
    private void register(WatchService watching) {
        try (Stream<Path> below = Files.walk(folder, DEEPEST)) {
            for (Path at : below.filter(Files::isDirectory).toList()) {
                if (!keys.containsKey(at)) {
                    keys.put(at, at.register(watching, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // It went while it was looked at, or may not be looked at; the next round sees.
            return;
        }
    }

    @Override
    public void close() {
        try {
            if (service != null) {
                service.close();
            }
        } catch (IOException e) {
            // Nobody waits for it any more.
            return;
        }
    }
}
