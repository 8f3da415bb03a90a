package io.osmj.integration.cluster;

import com.dajudge.kindcontainer.KindContainer;
import com.dajudge.kindcontainer.KindContainerVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.utility.MountableFile;

/**
 * Kind's node as a container of the Docker engine that answers here.
 *
 * <p>It is the public image of Kind, or the one that {@code OSM_TEST_KIND_IMAGE} names.
 */
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
        var node = new KindContainer<>(VERSION.toImageSpec().withImage(System.getenv("OSM_TEST_KIND_IMAGE")));
        try {
            node.start();
            // The node is ready before pods may be made in the default namespace, and before names are answered.
            inNode(node, "kubectl", "wait", "--for=create", "serviceaccount/default", "--timeout=60s");
            inNode(node, "kubectl", "rollout", "status", "-n", "kube-system", "deployment/coredns", "--timeout=180s");
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
        node.copyFileToContainer(MountableFile.forHostPath(imageTar), TAR_IN_NODE);
        inNode(node, "ctr", "--namespace=k8s.io", "images", "import", TAR_IN_NODE);
        inNode(node, "rm", TAR_IN_NODE);
    }

    private static void inNode(KindContainer<?> node, String... command) {
        var shown = String.join(" ", command);
        try {
            var result = node.execInContainer(command);
            if (result.getExitCode() != 0) {
                throw new IllegalStateException("`%s` in Kind's node ended with %d: %s%s"
                        .formatted(shown, result.getExitCode(), result.getStdout(), result.getStderr()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("`" + shown + "` could not be run in Kind's node", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while `" + shown + "` ran in Kind's node", e);
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
