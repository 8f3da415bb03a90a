package io.osmj.integration.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The demo for real: Envoys, network namespaces, iptables. Its steps judge themselves by answers that applications got; here
 * it counts that none is left out, and that nothing of it is left over.
 */
@Tag("envoy")
@Tag("netns")
class DemoTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Test
    void everyStepHoldsAlsoThoseThatKillProcesses() throws Exception {
        try (RunningDemo demo = RunningDemo.start()) {
            int code = demo.exit();

            assertThat(code).as("%s", demo.lines()).isZero();
            assertThat(demo.lines().stream().filter(line -> line.startsWith("✓")))
                    .satisfiesExactly(
                            line -> assertThat(line).contains("permissive", "visitor → stock 200"),
                            line -> assertThat(line).contains("strict", "shop → stock 403", "visitor → shop 403"),
                            line -> assertThat(line)
                                    .contains("two TrafficTargets", "shop → stock 200", "visitor → stock 403"),
                            line -> assertThat(line).contains("TrafficSplit", "% by stock-v2 of the last 20"),
                            line -> assertThat(line).contains("root of trust rotated", "no answer changed"),
                            line -> assertThat(line).contains("control plane killed, no answer changed"),
                            line -> assertThat(line).contains("Envoy of stock killed", "visitor → shop went on"),
                            line -> assertThat(line).contains("stock killed", "answered 503"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "KILL"})
    void nothingIsLeftWhicheverWayItEnds(String signal) throws Exception {
        try (RunningDemo demo = RunningDemo.start()) {
            await().atMost(LIMIT).until(() -> demo.told("✓ permissive"));
            List<ProcessHandle> family = demo.family();
            assertThat(family)
                    .as("the control plane, four applications and their Envoys at least")
                    .hasSizeGreaterThan(9);

            demo.signal(signal);

            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(family.stream()
                                    .filter(ProcessHandle::isAlive)
                                    .map(process -> process.info().commandLine()))
                            .isEmpty());
            assertThat(Path.of("/run/osm-demo"))
                    .as("its files are in memory of its own")
                    .doesNotExist();
            assertThat(Files.exists(Path.of("/run/netns/visitor"))).isFalse();
        }
    }
}
