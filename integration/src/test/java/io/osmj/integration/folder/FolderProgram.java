package io.osmj.integration.folder;

import io.osmj.integration.program.BuiltProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The control plane as a program that serves a folder. */
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
                        BuiltProgram.CONTROLLER.command("--from=" + folder, "--state-dir=" + state).stream(),
                        Stream.of(more))
                .toList();
    }
}
