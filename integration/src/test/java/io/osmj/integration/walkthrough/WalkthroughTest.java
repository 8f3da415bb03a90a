package io.osmj.integration.walkthrough;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The walkthrough, step by step, on the cluster that {@code scripts/verify} has made for it. */
@Tag("cluster")
class WalkthroughTest {
    @TestFactory
    Stream<DynamicTest> theWalkthroughHolds() {
        Scene scene = GivenStage.scene();
        return new GivenStage().tests(scene, Walkthrough.in(scene).steps());
    }
}
