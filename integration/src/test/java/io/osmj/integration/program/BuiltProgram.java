package io.osmj.integration.program;

import io.osmj.integration.cluster.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program as its users start it, on the runtime and with the archives of classes that belong to it. {@code scripts/parts/osm}
 * builds both when they are missing or older than their sources, which takes about a minute. {@code OSM_JAVA_OPTIONS} in the
 * environment are options for the runtime.
 */
public enum BuiltProgram {
    /** The command. */
    OSM("osm"),
    /** The control plane, which on a cluster is in its image. */
    CONTROLLER("osm-controller");

    private final String file;

    BuiltProgram(String file) {
        this.file = file;
    }

    /** What starts it with these arguments. */
    public List<String> command(String... arguments) {
        return Stream.concat(Stream.of(Build.FOLDER.resolve(file).toString()), Stream.of(arguments))
                .toList();
    }

    /** Built when the first test of a run asks. */
    private static final class Build {
        private static final Path FOLDER = build();

        private static Path build() {
            Command.run(Command.script("parts/osm", "runnable"));
            return Command.repository().resolve("cli/target/osm/bin");
        }
    }
}
