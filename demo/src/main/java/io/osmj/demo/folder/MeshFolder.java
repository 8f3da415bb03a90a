package io.osmj.demo.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The folder that the control plane watches. Each edit replaces a file as a whole. */
public final class MeshFolder {
    private static final String TARGETS = "targets.yaml";
    private static final String SPLIT = "split.yaml";

    private final Path folder;

    /**
     * Makes the folder with the applications, in strict mode and without any TrafficTarget.
     *
     * @param dapr whether there is a daprd in each pod
     */
    public MeshFolder(Path folder, Collection<Member> members, boolean dapr) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write("applications.yaml", Applications.text(members, dapr));
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
        if (edges.isEmpty()) {
            remove(TARGETS);
        } else {
            write(TARGETS, Manifests.targets(edges));
        }
    }

    /** Shares the calls of a service out by weight: a TrafficSplit. */
    public void split(String service, Map<String, Integer> weights) {
        write(SPLIT, Manifests.split(service, weights));
    }

    /** Takes the TrafficSplit away. */
    public void unite() {
        remove(SPLIT);
    }

    private void remove(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
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
