package io.osmj.integration.walkthrough;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The mesh under load, step by step, on a cluster with our images. A part of {@code scripts/verify --load} only: on a machine
 * that does other work beside it, calls fail for want of processor time alone.
 */
@Tag("load")
class UnderLoadTest {
    @TestFactory
    Stream<DynamicTest> theMeshHoldsUnderLoad() {
        Scene scene = GivenStage.scene();
        return new GivenStage()
                .tests(scene, new UnderLoad(scene, GivenStage.ROOT, GivenStage.required("osm.helm")).steps());
    }
}
