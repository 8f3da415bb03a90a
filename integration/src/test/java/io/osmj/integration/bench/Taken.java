package io.osmj.integration.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/** What one way took in each round of load. */
final class Taken {
    private static final String PROCESSOR = "s per 1,000 requests";

    /** What is taken in each round. */
    enum Figure {
        P50("ms"),
        P90("ms"),
        P99("ms"),
        CPU(PROCESSOR + ", both sidecars"),
        CPU_CLIENT(PROCESSOR),
        CPU_SERVER(PROCESSOR);

        private final String unit;

        Figure(String unit) {
            this.unit = unit;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '.');
        }
    }

    final Arm arm;
    private final Map<Figure, List<Double>> rounds = new EnumMap<>(Figure.class);

    Taken(Arm arm) {
        this.arm = arm;
    }

    /** Processor seconds of each sidecar so far. */
    double[] processor() {
        return arm.sidecars().stream()
                .mapToDouble(one -> one.consumption().cpu())
                .toArray();
    }

    /** Adds a round: the time of each request, and what each sidecar took for a thousand of them. */
    void add(Samples latency, double[] processor) {
        add(Figure.P50, latency.percentile(50));
        add(Figure.P90, latency.percentile(90));
        add(Figure.P99, latency.percentile(99));
        if (processor.length > 0) {
            add(Figure.CPU, DoubleStream.of(processor).sum());
            add(Figure.CPU_CLIENT, processor[0]);
            add(Figure.CPU_SERVER, processor[1]);
        }
    }

    private void add(Figure figure, double value) {
        rounds.computeIfAbsent(figure, _ -> new ArrayList<>()).add(value);
    }

    /** The median of the ratios of all rounds. */
    double over(Taken other, Figure figure) {
        List<Double> ours = rounds.getOrDefault(figure, List.of());
        List<Double> theirs = other.rounds.getOrDefault(figure, List.of());
        Samples ratios = new Samples();
        for (int round = 0; round < ours.size(); round++) {
            ratios.add(ours.get(round) / theirs.get(round));
        }
        return ratios.percentile(50);
    }

    void tell(Figures figures) {
        rounds.forEach((figure, values) -> {
            Samples samples = new Samples();
            values.forEach(samples::add);
            Map<String, ?> spread = Map.of("least", samples.percentile(0), "most", samples.percentile(100));
            figures.tell(arm.name() + "." + figure.label(), samples.percentile(50), figure.unit, spread);
        });
        for (int i = 0; i < arm.sidecars().size(); i++) {
            Consumption sidecar = arm.sidecars().get(i).consumption();
            figures.tell(
                    arm.name() + ".resident." + (i == 0 ? "client" : "server"),
                    sidecar.mebibytes("VmRSS"),
                    "MiB",
                    Map.of("anonymous", sidecar.mebibytes("RssAnon")));
        }
    }
}
