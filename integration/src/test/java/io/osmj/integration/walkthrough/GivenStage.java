package io.osmj.integration.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The cluster and the programs that {@code scripts/verify} names in system properties, and steps that are told on them. */
final class GivenStage {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private boolean broken;

    static Scene scene() {
        return scene(Path.of(required("osm.kubeconfig")));
    }

    static Scene scene(Path kubeconfig) {
        return new Scene(
                ROOT, kubeconfig, required("osm.kubectl"), required("osm.command"), new Narrator(System.out, false));
    }

    static String required(String property) {
        String value = System.getProperty(property);
        assertThat(value).as("system property " + property).isNotNull();
        return value == null ? "" : value;
    }

    /** One test for each step. */
    Stream<DynamicTest> tests(Scene scene, List<Step> steps) {
        return steps.stream().map(step -> DynamicTest.dynamicTest(step.title(), () -> hold(scene, step)));
    }

    /** A step stands on those before it, so after one that did not hold none is tried, and none counts as held. */
    private void hold(Scene scene, Step step) throws Exception {
        assertThat(broken).as("a step before this one did not hold").isFalse();
        broken = true;
        scene.narrator().seen("== " + step.title());
        step.action().run();
        broken = false;
    }
}
