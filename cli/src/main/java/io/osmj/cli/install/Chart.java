package io.osmj.cli.install;

import io.osmj.cli.session.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A chart as a folder of files, where Helm can read it. Closing it removes the folder if it was made here. */
public final class Chart implements AutoCloseable {
    private final Path folder;
    private final boolean ours;

    private Chart(Path folder, boolean ours) {
        this.folder = folder;
        this.ours = ours;
    }

    /** The chart in a folder of the user's, or the one that this program carries. */
    public static Chart at(Optional<Path> folder) {
        return folder.map(Chart::given).orElseGet(Chart::carried);
    }

    private static Chart given(Path folder) {
        if (!Files.isRegularFile(folder.resolve("Chart.yaml"))) {
            throw new Failure("error loading chart for installation: no Chart.yaml in " + folder);
        }
        return new Chart(folder, false);
    }

    private static Chart carried() {
        try {
            var place = Objects.requireNonNull(Chart.class.getResource("/chart/osm/Chart.yaml"), "the chart in the jar")
                    .toURI();
            var target = Files.createTempDirectory("osm-chart");
            copy(place, target);
            return new Chart(target, true);
        } catch (IOException | URISyntaxException failure) {
            throw new Failure("error loading chart for installation: " + failure.getMessage(), failure);
        }
    }

    private static void copy(URI chartFile, Path target) throws IOException {
        if (!chartFile.getScheme().equals("jar")) {
            copyTree(Path.of(chartFile).resolveSibling(""), target);
            return;
        }
        try (var jar = FileSystems.newFileSystem(chartFile, Map.of())) {
            copyTree(jar.getPath("/chart/osm"), target);
        }
    }

    private static void copyTree(Path source, Path target) throws IOException {
        var root = source.toAbsolutePath().normalize();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var copy = target.resolve(root.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    public Path folder() {
        return folder;
    }

    /** The files of the kinds the chart brings, sorted by name. */
    public List<Path> kinds() {
        var kinds = folder.resolve("crds");
        if (!Files.isDirectory(kinds)) {
            return List.of();
        }
        try (var files = Files.list(kinds)) {
            return files.sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        if (!ours) {
            return;
        }
        try (var files = Files.walk(folder)) {
            files.sorted((one, other) -> other.compareTo(one)).map(Path::toFile).forEach(file -> {
                if (!file.delete()) {
                    file.deleteOnExit();
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
