package io.osmj.integration.walkthrough;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Packets as they were on the wire. */
final class Capture implements AutoCloseable {
    private static final int FILE_HEADER = 24;

    private final Scene scene;
    private final Process process;
    private final Path file;

    Capture(Scene scene, Process process, Path file) {
        this.scene = scene;
        this.process = process;
        this.file = file;
    }

    /** The header of the file is written once the capture runs. */
    Capture awaitStart() {
        Await.until("the capture runs", Duration.ofSeconds(10), () -> {
            if (Files.size(file) < FILE_HEADER) {
                throw new AssertionError("tcpdump has not started" + (process.isAlive() ? "" : ": it ended"));
            }
        });
        return this;
    }

    /** One line for each packet seen so far. */
    List<String> packets() {
        // tcpdump writes a packet when the kernel hands over its buffer, which it does within a second.
        process.destroy();
        process.onExit().join();
        return scene.run("tcpdump", "-n", "-r", file.toString())
                .output()
                .lines()
                .filter(line -> line.contains(" IP "))
                .toList();
    }

    /** Whether the bytes of a text were on the wire. */
    boolean holds(String text) {
        packets();
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
