package io.osmj.integration.cluster;

import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;

/** A running Kubernetes cluster that a test may do anything with. */
public sealed interface Cluster extends AutoCloseable permits GivenCluster, KindCluster, LocalCluster {

    /** The file with the address of the cluster and the right to administer it. */
    Path kubeconfig();

    /**
     * Puts an image where the cluster's pods find it, so that a pod with {@code imagePullPolicy: Never} runs it.
     *
     * @param imageTar a tar as {@code docker save} and {@code scripts/images} write it, with one image of one name
     * @throws IllegalStateException if the cluster does not take the image; the message says why
     */
    void load(Path imageTar);

    /** Ends the cluster if {@link #open} started it. A cluster that was there before stays. */
    @Override
    void close();

    /**
     * The first of these that is possible: the cluster of the kubeconfig that {@code OSM_TEST_KUBECONFIG} names, Kind where a
     * Docker engine answers, the machine itself ({@code scripts/local-cluster}).
     *
     * @throws IllegalStateException if the cluster does not come up; the message says where the logs are
     */
    static Cluster open() {
        var given = System.getenv("OSM_TEST_KUBECONFIG");
        if (given != null && !given.isBlank()) {
            return GivenCluster.of(Path.of(given), System.getenv("OSM_TEST_LOAD_IMAGE"));
        }
        return DockerClientFactory.instance().isDockerAvailable() ? KindCluster.start() : LocalCluster.start();
    }
}
