package io.osmj.integration.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Prints one figure a line, as JSON, with what it was measured under; and says on the other stream how far it is. */
record Figures(Map<String, Object> conditions, PrintStream out) {
    private static final ObjectMapper JSON = new ObjectMapper();

    void tell(String name, double value, String unit) {
        tell(name, value, unit, Map.of());
    }

    void tell(String name, double value, String unit, Map<String, ?> more) {
        Map<String, Object> under = new TreeMap<>(conditions);
        under.put("load", load());
        under.putAll(more);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("name", name);
        line.put("value", Math.round(value * 1000) / 1000.0);
        line.put("unit", unit);
        line.put("conditions", under);
        try {
            out.println(JSON.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Median, 99th percentile and how many there are. */
    void tell(String name, Samples samples, String unit) {
        Map<String, Integer> count = Map.of("samples", samples.size());
        tell(name + ".median", samples.percentile(50), unit, count);
        tell(name + ".p99", samples.percentile(99), unit, count);
    }

    static void progress(String text) {
        System.err.println(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MILLIS) + " " + text);
    }

    /** How many programs wanted a processor in the last minute: this machine may have other work. */
    private static double load() {
        try {
            return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
