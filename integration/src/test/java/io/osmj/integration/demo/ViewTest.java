package io.osmj.integration.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The live view on terminals of several sizes, and what it shows of processes that somebody kills. */
@Tag("envoy")
@Tag("netns")
class ViewTest {
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void allOfItFitsWhateverTheWidth() throws Exception {
        int rows = 24;
        try (LiveDemo demo = LiveDemo.start(Way.LISTENERS, 200, rows)) {
            // Reasons are asked for before a picture and news may come after that.
            await().atMost(LONGEST_START).until(() -> demo.text().contains("everybody may call everybody ("));
            // From wide to narrow, so that no picture of before passes for one of the new size.
            for (int columns : new int[] {200, 120, 80, 60}) {
                demo.resize(columns, rows);
                await().atMost(SOON).untilAsserted(() -> allOfItFits(demo, columns, rows));
            }
        }
    }

    private static void allOfItFits(LiveDemo demo, int columns, int rows) {
        assertThat(demo.text()).containsPattern("✓ \\d\\d:\\d\\d:\\d\\d permissive mode");
        assertThat(demo.text())
                .containsIgnoringNewLines(
                        "nothing is intercepted",
                        "shop → stock 200",
                        "visitor → shop 200",
                        "visitor → stock 200",
                        "MeshConfig osm-mesh-config: permissive mode",
                        "● osm-controller",
                        "● envoy/visitor",
                        "x kill stock",
                        "q quit");
        assertThat(demo.lines())
                .hasSizeLessThanOrEqualTo(rows)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(columns).doesNotEndWith("…"));
    }

    /** The first step takes longer than to press three keys, since the processes start before it. */
    @Test
    void aKeyThatIsPressedWhileAStepIsPlayedIsShownAsWaiting() throws Exception {
        int columns = 60;
        try (LiveDemo demo = LiveDemo.start(Way.LISTENERS, columns, 24)) {
            await().atMost(LONGEST_START).until(() -> demo.text().contains("q quit"));
            for (char key : "ssx".toCharArray()) {
                demo.press(key);
            }

            await().atMost(SOON).until(() -> demo.text().contains("after this step s strict x kill stock"));
            assertThat(demo.lines())
                    .filteredOn(line -> line.contains("after this step"))
                    .containsExactly(" after this step  s strict  x kill stock")
                    .allSatisfy(line -> assertThat(line).hasSizeLessThan(columns));
            await().atMost(LONGEST_START).until(() -> demo.text().contains("after this step x kill stock"));
            await().atMost(LONGEST_START).until(() -> !demo.text().contains("after this step"));
            await().atMost(SOON).until(() -> demo.text().contains("stock killed"));
        }
    }

    /**
     * What somebody kills.
     *
     * @param part of its command line
     * @param shown what is on the screen then, each a regular expression
     */
    private record Loss(String part, List<String> shown) {}

    @Test
    void whoeverIsKilledIsNamedAndMissedAndStartedAgain() throws Exception {
        suffer(
                Way.LISTENERS,
                new Loss(
                        "io.osmj.demo.app.App visitor ",
                        List.of(
                                "● osm-controller .*× visitor ● envoy/",
                                "visitor killed by signal 9: its Envoy answers 503 for it",
                                "visitor → shop – .* visitor does not run, so nobody calls .*visitor → stock",
                                "visitor → stock – .* visitor does not run, so nobody calls")),
                new Loss(
                        "io.osmj.demo.app.App stock ",
                        List.of(
                                "stock killed by signal 9: its Envoy answers 503 for it",
                                "shop → stock 503 .* stock does not run; its Envoy answers 503 .*visitor → shop 200")),
                new Loss(
                        "envoy-stock/bootstrap.yaml",
                        List.of(
                                "envoy/stock killed by signal 9: stock is cut off, and no call goes past it",
                                "shop → stock 503 .* stock's Envoy does not run; shop's answers 503 .*visitor → shop 200")),
                new Loss(
                        "envoy-visitor/bootstrap.yaml",
                        List.of(
                                "envoy/visitor killed by signal 9",
                                "visitor → stock none .* visitor's Envoy does not run, so visitor reaches nobody")),
                new Loss(
                        "io.osmj.controlplane.Controller ",
                        List.of(
                                "osm-controller killed by signal 9: Envoys keep what they were told, and no answer changes",
                                "visitor → shop 200 .* permissive mode .*visitor → stock 200")));
    }

    @Test
    @EnabledIf("io.osmj.integration.demo.ThroughDaprTest#aDaprdIsThere")
    void aDaprdThatIsKilledIsToo() throws Exception {
        suffer(
                Way.DAPR,
                new Loss(
                        "--app-id=stock ",
                        List.of(
                                "daprd/stock killed by signal 9: stock is cut off, since its calls go through Dapr",
                                "shop → stock 500 .* stock's daprd does not run; a daprd answers 500")),
                new Loss(
                        "--app-id=visitor ",
                        List.of("visitor → shop none .* visitor's daprd does not run, so visitor reaches nobody")));
    }

    private static void suffer(Way way, Loss... losses) throws Exception {
        try (LiveDemo demo = LiveDemo.start(way, 130, 30)) {
            awaitAllIsWell(demo, LONGEST_START);
            for (Loss loss : losses) {
                demo.kill(loss.part());
                for (String shown : loss.shown()) {
                    await().atMost(SOON)
                            .untilAsserted(() -> assertThat(demo.text()).containsPattern(shown));
                }
                awaitAllIsWell(demo, SOON);
            }
        }
    }

    /** Every process runs and every call passes. */
    private static void awaitAllIsWell(LiveDemo demo, Duration limit) {
        await().atMost(limit)
                .untilAsserted(() -> assertThat(demo.lines())
                        .filteredOn(line ->
                                line.contains(" → ") && line.contains("MeshConfig osm-mesh-config: permissive mode"))
                        .hasSize(3)
                        .allSatisfy(line -> assertThat(line).contains(" 200 ")));
        await().atMost(limit)
                .untilAsserted(() -> assertThat(demo.lines().stream()
                                .dropWhile(line -> !line.contains("processes"))
                                .takeWhile(line -> !line.isBlank()))
                        .isNotEmpty()
                        .noneMatch(line -> line.contains("×")));
    }
}
