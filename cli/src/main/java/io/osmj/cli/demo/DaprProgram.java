package io.osmj.cli.demo;

import io.osmj.cli.session.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The daprd program: on the PATH, as {@code scripts/parts/dapr} builds it, or as the Dapr CLI installs it. */
final class DaprProgram {
    private static final String NAME = "daprd";

    private DaprProgram() {}

    /** Its path. */
    static Path find() {
        Path installed = Path.of(System.getProperty("user.home"), ".dapr", "bin", NAME);
        return Tools.find(NAME)
                .or(DaprProgram::built)
                .or(() -> Optional.of(installed).filter(Files::isExecutable))
                .orElseThrow(() -> new Failure("--dapr needs a daprd, and there is none on the PATH, in "
                        + Caches.folder() + " or in " + installed.getParent()
                        + ". scripts/parts/dapr builds one from its Go module in about ten minutes;"
                        + " the Dapr CLI fetches one: dapr init --slim."));
    }

    private static Optional<Path> built() {
        try (Stream<Path> folders = Files.list(Caches.folder())) {
            List<Path> programs = folders.filter(
                            folder -> folder.getFileName().toString().startsWith("dapr-"))
                    .map(folder -> folder.resolve(NAME))
                    .filter(Files::isExecutable)
                    .sorted(Comparator.reverseOrder())
                    .toList();
            return programs.stream().findFirst();
        } catch (IOException noCache) {
            return Optional.empty();
        }
    }
}
