package io.osmj.integration.walkthrough;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The walkthrough, step by step, on the cluster that {@code scripts/verify} has made for it, or else on one opened here. */
@Tag("cluster")
class WalkthroughTest {
    private @Nullable OpenedStage opened;

    @TestFactory
    Stream<DynamicTest> theWalkthroughHolds() {
        Scene scene = GivenStage.scene(kubeconfig());
        return new GivenStage().tests(scene, Walkthrough.in(scene).steps());
    }

    @AfterEach
    void endTheCluster() {
        if (opened != null) {
            opened.close();
        }
    }

    private Path kubeconfig() {
        String given = System.getProperty("osm.kubeconfig");
        if (given != null) {
            return Path.of(given);
        }
        opened = OpenedStage.set();
        return opened.cluster().kubeconfig();
    }
}
