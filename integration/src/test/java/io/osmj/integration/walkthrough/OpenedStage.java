package io.osmj.integration.walkthrough;

import io.osmj.integration.cluster.BuiltImage;
import io.osmj.integration.cluster.Cluster;
import io.osmj.integration.cluster.Command;
import java.util.List;

/**
 * The cluster that {@link Cluster#open} finds, with the walkthrough's stage set on it.
 *
 * @param cluster ends with the stage
 */
record OpenedStage(Cluster cluster) implements AutoCloseable {
    private static final List<String> IMAGES =
            List.of("osm-sidecar", "osm-controller", "samples", "daprd", "dapr", "redis", "test-tools");
    private static final String SET = "source scripts/lib.sh && source scripts/stage.sh && stage_sample";

    /** @throws IllegalStateException if there is no cluster, or it cannot be made ready; the message says why */
    static OpenedStage set() {
        Cluster cluster = Cluster.open();
        try {
            IMAGES.forEach(image -> cluster.load(BuiltImage.of(image).tar()));
            Command.run(List.of(
                    "env", "--chdir=" + GivenStage.ROOT, "KUBECONFIG=" + cluster.kubeconfig(), "bash", "-c", SET));
            return new OpenedStage(cluster);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
