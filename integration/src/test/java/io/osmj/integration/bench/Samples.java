package io.osmj.integration.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measured values. Safe for many threads. */
final class Samples {
    private final List<Double> values = Collections.synchronizedList(new ArrayList<>());

    void add(double value) {
        values.add(value);
    }

    void addMillis(long nanoseconds) {
        add(nanoseconds / 1e6);
    }

    int size() {
        return values.size();
    }

    /** The smallest value that so many percent of all do not exceed; NaN if there is none. */
    double percentile(int percent) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(Math.max(0, Math.ceilDiv(sorted.size() * percent, 100) - 1));
    }

    double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}
