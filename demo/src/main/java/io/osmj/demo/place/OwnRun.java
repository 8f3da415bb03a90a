package io.osmj.demo.place;

import io.osmj.demo.program.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system in memory on {@code /run}, for this process and its children alone: names of network namespaces, logs, tokens.
 * It ends with the mount namespace of this process.
 */
public final class OwnRun {
    private static final Path RUN = Path.of("/run");

    private OwnRun() {}

    /** Puts it there, and returns an empty folder in it. */
    public static Path mount() {
        Tool.run("mount", "-t", "tmpfs", "-o", "mode=755", "osm-demo", RUN.toString());
        try {
            Files.createDirectory(RUN.resolve("netns"));
            return Files.createDirectory(RUN.resolve("osm-demo"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has names looked up in this text, for this process and its children alone. */
    public static void hosts(String text) {
        try {
            Path hosts = Files.writeString(RUN.resolve("osm-demo").resolve("hosts"), text);
            Tool.run("mount", "--bind", hosts.toString(), "/etc/hosts");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same program at a path that every user may reach; the sidecar's user may not look into somebody's home. */
    public static Path reachable(Path program, Path folder) {
        try {
            Path here = Files.createFile(folder.resolve(program.getFileName()));
            Tool.run("mount", "--bind", program.toRealPath().toString(), here.toString());
            return here;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
