package io.osmj.integration.folder;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The control plane as a program that serves a folder, with the classes of the test. */
public final class FolderProgram {
    private FolderProgram() {}

    /**
     * How it is started.
     *
     * @param folder of YAML
     * @param state where it keeps its files; {@code ready} is there once it serves
     * @param more what else it is told
     */
    public static List<String> command(Path folder, Path state, String... more) {
        return Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.osmj.controlplane.Controller",
                                "--from=" + folder,
                                "--state-dir=" + state),
                        Stream.of(more))
                .toList();
    }
}
