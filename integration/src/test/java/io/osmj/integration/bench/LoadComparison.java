package io.osmj.integration.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The same load on all ways in turn, there and back, so that whatever else the machine does meets all of them. A figure is the
 * median of all rounds; a ratio is the median of the ratios of each round.
 */
final class LoadComparison {
    private static final int WARM_UP_SECONDS = 3;

    private final LoadScale scale;
    private final Fortio fortio;
    private final List<Taken> ways;

    private LoadComparison(LoadScale scale, ThreeWays ways) {
        this.scale = scale;
        this.fortio = ways.fortio;
        this.ways = List.of(new Taken(ways.none()), new Taken(ways.lean(1)), new Taken(ways.ours()));
    }

    static void run(LoadScale scale, ThreeWays ways, Figures figures) {
        LoadComparison comparison = new LoadComparison(scale, ways);
        comparison.run();
        comparison.tell(figures);
        comparison.ways.forEach(way -> way.arm.close());
    }

    private void run() {
        ways.forEach(way -> load(way.arm, WARM_UP_SECONDS));
        for (int round = 0; round < scale.rounds(); round++) {
            Figures.progress("round " + (round + 1) + " of " + scale.rounds());
            List<Taken> order = round % 2 == 0 ? ways : ways.reversed();
            order.forEach(this::measure);
        }
    }

    private void measure(Taken way) {
        double[] before = way.processor();
        Samples latency = load(way.arm, scale.seconds());
        double[] after = way.processor();
        way.add(
                latency,
                IntStream.range(0, before.length)
                        .mapToDouble(sidecar -> (after[sidecar] - before[sidecar]) * 1000 / latency.size())
                        .toArray());
    }

    private Samples load(Arm arm, int seconds) {
        Fortio.Run run = fortio.load(arm.pods().client(), arm.url(), scale.rate, scale.connections, seconds);
        if (run.failed() > 0) {
            throw new IllegalStateException(run.failed() + " requests failed: " + arm.name());
        }
        return run.latency();
    }

    private void tell(Figures figures) {
        ways.forEach(way -> way.tell(figures));
        Taken lean = ways.get(1);
        Taken ours = ways.get(2);
        for (Taken.Figure figure : Taken.Figure.values()) {
            figures.tell("ratio." + figure.label(), ours.over(lean, figure), "osm over lean");
        }
        Figures.progress("osm over the leanest: latency %.2f, processor %.2f"
                .formatted(ours.over(lean, Taken.Figure.P50), ours.over(lean, Taken.Figure.CPU)));
    }
}
