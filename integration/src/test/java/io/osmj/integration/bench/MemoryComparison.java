package io.osmj.integration.bench;

import java.util.Map;

/**
 * What the client's sidecar takes when some services of the mesh are called, and for each that is called besides. Beside it, what
 * the leanest takes for each service that it knows.
 */
final class MemoryComparison {
    private static final double KIB = 1024;

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
            one = resident(arm);
        }
        try (Arm arm = ways.lean(scale.services)) {
            double known = resident(arm);
            figures.tell("lean.memory", known, "MiB", Map.of("known", scale.services));
            figures.tell("lean.memory.each", (known - one) * KIB / (scale.services - 1), "KiB a service known");
            for (int number = 1; number <= scale.further; number++) {
                ways.answering(arm, LeanSidecars.host(number));
            }
            double each = (resident(arm) - known) * KIB / scale.further;
            figures.tell("lean.memory.called", each, "KiB more where it is called", Map.of("called", scale.further));
        }
    }

    private static double resident(Arm arm) {
        return arm.caller().mebibytes("VmRSS");
    }

    private void ours(Figures figures) {
        try (Arm arm = ways.ours()) {
            call(arm, 0, scale.called);
            double few = resident(arm);
            Map<String, ?> what =
                    Map.of("called", scale.called, "anonymous", arm.caller().mebibytes("RssAnon"));
            figures.tell("osm.memory", few, "MiB", what);
            ways.mesh.serve(scale.called + scale.further);
            call(arm, scale.called, scale.called + scale.further);
            double each = (resident(arm) - few) * KIB / scale.further;
            figures.tell("osm.memory.each", each, "KiB a service called", Map.of("called", scale.further));
        }
    }

    private void call(Arm arm, int from, int to) {
        for (int number = from; number < to; number++) {
            ways.answering(arm.to(ServiceFolder.url(number, ServiceFolder.PATH)));
        }
    }
}
