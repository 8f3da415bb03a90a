package io.osmj.integration.bench;

import java.time.Duration;
import java.util.Map;

/**
 * What the client's sidecar takes when some services of the mesh are called, and for each that is called besides. Beside it, what
 * the leanest takes for each service that it knows. What it takes for each is memory that is not of files: those of Envoy's own
 * file that are resident fall when ours gives them back.
 */
final class MemoryComparison {
    private static final double KIB = 1024;
    private static final Duration SOON = Duration.ofSeconds(60);
    /** MiB of files: more than Envoy uses of its own, and less than its start needs. */
    private static final double GIVEN_BACK = 35;

    private final LoadScale scale;
    private final ThreeWays ways;

    private MemoryComparison(LoadScale scale, ThreeWays ways) {
        this.scale = scale;
        this.ways = ways;
    }

    static void run(LoadScale scale, ThreeWays ways, Figures figures) {
        MemoryComparison comparison = new MemoryComparison(scale, ways);
        Figures.progress("memory of the leanest");
        comparison.lean(figures);
        Figures.progress("memory of ours");
        comparison.ours(figures);
    }

    private void lean(Figures figures) {
        double one;
        try (Arm arm = ways.lean(1)) {
            one = anonymous(arm);
        }
        try (Arm arm = ways.lean(scale.services)) {
            double known = anonymous(arm);
            figures.tell("lean.memory", resident(arm), "MiB", Map.of("known", scale.services, "anonymous", known));
            figures.tell("lean.memory.each", (known - one) * KIB / (scale.services - 1), "KiB a service known");
            for (int number = 1; number <= scale.further; number++) {
                ways.answering(arm, LeanSidecars.host(number));
            }
            double each = (anonymous(arm) - known) * KIB / scale.further;
            figures.tell("lean.memory.called", each, "KiB more where it is called", Map.of("called", scale.further));
        }
    }

    private static double resident(Arm arm) {
        return arm.caller().mebibytes("VmRSS");
    }

    private static double anonymous(Arm arm) {
        return arm.caller().mebibytes("RssAnon");
    }

    private void ours(Figures figures) {
        try (Arm arm = ways.ours()) {
            call(arm, 0, scale.called);
            Waiting.until(
                    "the sidecar gives back what its start needed",
                    SOON,
                    () -> arm.caller().mebibytes("RssFile") < GIVEN_BACK);
            call(arm, 0, scale.called);
            double few = anonymous(arm);
            figures.tell("osm.memory", resident(arm), "MiB", Map.of("called", scale.called, "anonymous", few));
            ways.mesh.serve(scale.called + scale.further);
            call(arm, scale.called, scale.called + scale.further);
            double each = (anonymous(arm) - few) * KIB / scale.further;
            figures.tell("osm.memory.each", each, "KiB a service called", Map.of("called", scale.further));
        }
    }

    private void call(Arm arm, int from, int to) {
        for (int number = from; number < to; number++) {
            ways.answering(arm.to(ServiceFolder.url(number, ServiceFolder.PATH)));
        }
    }
}
