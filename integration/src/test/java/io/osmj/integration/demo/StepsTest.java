package io.osmj.integration.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The demo for real: Envoys, and network namespaces with iptables or local listeners. Its steps judge themselves by answers that
 * applications got; here it counts that none is left out.
 */
@Tag("envoy")
@Tag("netns")
class StepsTest {
    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"DAPR", "NAMESPACES_OF_A_USER"})
    void everyStepHoldsAlsoThoseThatKillProcesses(Way way) throws Exception {
        everyStepHolds(way);
    }

    @Test
    @EnabledIf("io.osmj.integration.demo.Way#usersHaveIds")
    void aUserIsRootInANamespaceOfHisOwn() throws Exception {
        assertThat(everyStepHolds(Way.NAMESPACES_OF_A_USER)).endsWith(": as root of a user namespace");
    }

    /** Gives the first line, which says how. */
    private static String everyStepHolds(Way way) throws Exception {
        try (RunningDemo demo = RunningDemo.start(way)) {
            int code = demo.exit();

            assertThat(code).as("%s", demo.lines()).isZero();
            assertThat(demo.lines().getFirst()).startsWith("- " + way.told());
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
            return demo.lines().getFirst();
        }
    }
}
