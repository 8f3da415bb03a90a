package io.osmj.integration.walkthrough;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The mesh under load, step by step, on the cluster that {@code scripts/verify} has made. */
@Tag("cluster")
class UnderLoadTest {
    @TestFactory
    Stream<DynamicTest> theMeshHoldsUnderLoad() {
        Scene scene = GivenStage.scene();
        return new GivenStage()
                .tests(scene, new UnderLoad(scene, GivenStage.ROOT, GivenStage.required("osm.helm")).steps());
    }
}
