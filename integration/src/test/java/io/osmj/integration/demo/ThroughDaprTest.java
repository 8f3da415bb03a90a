package io.osmj.integration.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The demo with a daprd between each application and its Envoy. */
@Tag("envoy")
@Tag("netns")
class ThroughDaprTest {
    @Test
    @EnabledIf("aDaprdIsThere")
    void throughDaprEveryStepHoldsToo() throws Exception {
        try (RunningDemo demo = RunningDemo.start(Way.DAPR)) {
            int code = demo.exit();

            assertThat(code).as("%s", demo.lines()).isZero();
            assertThat(demo.lines().getFirst())
                    .startsWith("- " + Way.DAPR.told())
                    .contains("a daprd in each pod");
            assertThat(demo.lines().stream().filter(line -> line.startsWith("✓")))
                    .satisfiesExactly(
                            line -> assertThat(line).contains("permissive", "visitor → stock 200"),
                            line -> assertThat(line)
                                    .contains("strict", "on the connections that the daprds had", "403"),
                            line -> assertThat(line).contains("two TrafficTargets", "visitor → stock 403"),
                            line -> assertThat(line).contains("root of trust rotated", "no answer changed"),
                            line -> assertThat(line).contains("control plane killed, no answer changed"),
                            line -> assertThat(line).contains("Envoy of stock killed", "visitor → shop went on"),
                            line -> assertThat(line).contains("stock killed, its daprd answered 500"),
                            line -> assertThat(line).contains("daprd of stock killed", "visitor → shop went on"));
        }
    }

    static boolean aDaprdIsThere() throws IOException {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "osm-java");
        try (var built = Files.newDirectoryStream(cache, "dapr-*")) {
            return built.iterator().hasNext();
        }
    }

    @Test
    void withoutADaprdItSaysWhereToGetOne() throws Exception {
        Map<String, String> nowhere = Map.of("OSM_JAVA_CACHE", "/nonexistent", "PATH", "/usr/bin:/bin");
        try (RunningDemo demo = RunningDemo.start(Way.DAPR, nowhere)) {
            assertThat(demo.exit()).isEqualTo(1);
            assertThat(demo.lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains("--dapr needs a daprd", "scripts/parts/dapr", "dapr init --slim"));
        }
    }
}
