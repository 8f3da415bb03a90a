package io.osmj.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Folders on this machine: the one in which programs are kept, and those that are to be gone. */
final class Caches {
    private Caches() {}

    /** Where programs are kept from run to run; the same as the scripts' folder. */
    static Path folder() {
        Map<String, String> environment = System.getenv();
        String own = environment.get("OSM_JAVA_CACHE");
        if (own != null) {
            return Path.of(own);
        }
        String shared = environment.get("XDG_CACHE_HOME");
        Path parent = shared == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(shared);
        return parent.resolve("osm-java");
    }

    /** Removes a folder and all in it. */
    static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (var walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
