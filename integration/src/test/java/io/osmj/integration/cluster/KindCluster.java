package io.osmj.integration.cluster;

import com.dajudge.kindcontainer.KindContainer;
import com.dajudge.kindcontainer.KindContainerVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.utility.MountableFile;

/** Kind's node as a container of the Docker engine that answers here. */
final class KindCluster implements Cluster {
    private static final KindContainerVersion VERSION = KindContainerVersion.VERSION_1_34_0;
    private static final String TAR_IN_NODE = "/var/tmp/image.tar";

    private final KindContainer<?> node;
    private final Path kubeconfig;

    private KindCluster(KindContainer<?> node, Path kubeconfig) {
        this.node = node;
        this.kubeconfig = kubeconfig;
    }

    static KindCluster start() {
        var node = new KindContainer<>(VERSION);
        try {
            node.start();
            // The file is made readable to its owner alone, as it holds an administrator's key.
            var kubeconfig = Files.createTempFile("osm-java-kind-", ".kubeconfig");
            Files.writeString(kubeconfig, node.getKubeconfig());
            return new KindCluster(node, kubeconfig);
        } catch (IOException e) {
            node.stop();
            throw new UncheckedIOException("the kubeconfig of the Kind cluster could not be written", e);
        } catch (RuntimeException e) {
            node.stop();
            throw new IllegalStateException("the Kind cluster does not come up", e);
        }
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public void load(Path imageTar) {
        try {
            node.copyFileToContainer(MountableFile.forHostPath(imageTar), TAR_IN_NODE);
            var result = node.execInContainer("ctr", "--namespace=k8s.io", "images", "import", TAR_IN_NODE);
            if (result.getExitCode() != 0) {
                throw new IllegalStateException("Kind's node refuses " + imageTar + ": " + result.getStderr());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(imageTar + " could not be put into Kind's node", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + imageTar + " was loaded", e);
        }
    }

    @Override
    public void close() {
        try (node) {
            Files.deleteIfExists(kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException(kubeconfig + " could not be removed", e);
        }
    }
}
