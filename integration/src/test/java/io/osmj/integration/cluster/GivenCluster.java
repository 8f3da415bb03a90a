package io.osmj.integration.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster someone has made and keeps.
 *
 * @param kubeconfig how to reach it
 * @param loader the command that puts an image tar into it, the tar being its last argument; empty if there is none
 */
record GivenCluster(Path kubeconfig, List<String> loader) implements Cluster {

    GivenCluster {
        loader = List.copyOf(loader);
    }

    /**
     * @param loader words separated by blanks, for example {@code kind load image-archive --name mine}
     */
    static GivenCluster of(Path kubeconfig, @Nullable String loader) {
        if (!Files.isReadable(kubeconfig)) {
            throw new IllegalStateException("OSM_TEST_KUBECONFIG: " + kubeconfig + " is not a file that can be read");
        }
        return new GivenCluster(
                kubeconfig, loader == null ? List.of() : List.of(loader.strip().split("\\s+")));
    }

    @Override
    public void load(Path imageTar) {
        if (loader.isEmpty()) {
            throw new IllegalStateException("OSM_TEST_LOAD_IMAGE is not set, so " + imageTar
                    + " cannot be put into the given cluster; set it to the command that does, less the tar's name");
        }
        Command.run(
                Stream.concat(loader.stream(), Stream.of(imageTar.toString())).toList());
    }

    @Override
    public void close() {
        // Whoever gave the cluster ends it.
    }
}
