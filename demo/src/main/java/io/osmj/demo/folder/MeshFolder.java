package io.osmj.demo.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;

/** The folder that the control plane watches. Each edit replaces a file as a whole. */
public final class MeshFolder {
    private static final String TARGETS = "targets.yaml";

    private final Path folder;

    /** Makes the folder with the applications, in strict mode and without any TrafficTarget. */
    public MeshFolder(Path folder, Collection<Member> members) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write("applications.yaml", Manifests.applications(members));
        permissive(false);
    }

    /** The folder itself. */
    public Path path() {
        return folder;
    }

    /** Turns permissive mode on or off in MeshConfig. */
    public void permissive(boolean on) {
        write("mesh-config.yaml", Manifests.meshConfig(on));
    }

    /** Lets exactly these call: a TrafficTarget for each. */
    public void allow(List<Edge> edges) {
        if (!edges.isEmpty()) {
            write(TARGETS, Manifests.targets(edges));
            return;
        }
        try {
            Files.deleteIfExists(folder.resolve(TARGETS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String text) {
        try {
            Path whole = Files.writeString(folder.resolve("." + name + ".new"), text);
            Files.move(whole, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
