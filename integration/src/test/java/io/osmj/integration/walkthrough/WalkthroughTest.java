package io.osmj.integration.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The walkthrough, step by step, on the cluster that {@code scripts/verify} has made for it. */
@Tag("cluster")
class WalkthroughTest {
    private boolean broken;

    @TestFactory
    Stream<DynamicTest> theWalkthroughHolds() {
        Scene scene = new Scene(
                Path.of("..").toAbsolutePath().normalize(),
                Path.of(required("osm.kubeconfig")),
                required("osm.kubectl"),
                required("osm.command"),
                new Narrator(System.out, false));
        return Walkthrough.in(scene).steps().stream()
                .map(step -> DynamicTest.dynamicTest(step.title(), () -> hold(scene, step)));
    }

    /** A step stands on those before it, so after one that did not hold none is tried, and none counts as held. */
    private void hold(Scene scene, Step step) throws Exception {
        assertThat(broken).as("a step before this one did not hold").isFalse();
        broken = true;
        scene.narrator().seen("== " + step.title());
        step.action().run();
        broken = false;
    }

    private static String required(String property) {
        String value = System.getProperty(property);
        assertThat(value).as("system property " + property).isNotNull();
        return value == null ? "" : value;
    }
}
