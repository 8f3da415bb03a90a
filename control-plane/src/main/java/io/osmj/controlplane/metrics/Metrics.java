package io.osmj.controlplane.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.osmj.controlplane.watch.EventCounter;
import io.prometheus.metrics.core.metrics.Info;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** The process's metrics, and the one text that Prometheus fetches. */
public final class Metrics implements EventCounter, AutoCloseable {
    private static final Duration[] UPDATE_BUCKETS = {
        Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofMillis(250),
        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final LongAdder publications = new LongAdder();
    private final LongAdder turnedAway = new LongAdder();
    private final Timer updates = Timer.builder("osm_proxy_config_update_time")
            .description("How long a changed state takes until all proxies are told")
            .serviceLevelObjectives(UPDATE_BUCKETS)
            .register(registry);
    private final Map<Tags, LongAdder> events = new ConcurrentHashMap<>();
    private final List<Runnable> refreshed = new CopyOnWriteArrayList<>();
    private final Map<Tags, LongAdder> reviews = new ConcurrentHashMap<>();

    /** Metrics of the process; more are added as the parts are connected. */
    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        collections.bindTo(registry);
        gauge("osm_proxy_broadcast_event_count", "Changed states that were published", publications::sum);
        gauge("osm_proxy_max_connections_rejected", "Proxies sent away because there were too many", turnedAway::sum);
    }

    /** Adds a figure that is asked for whenever somebody looks. */
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /**
     * Adds a figure that is always 1 and whose labels say something.
     *
     * @param name without the ending {@code _info}, which the format adds
     */
    public void info(String name, String description, Map<String, String> labels) {
        Map<String, String> sorted = new TreeMap<>(labels);
        Info.builder()
                .name(name)
                .help(description)
                .labelNames(sorted.keySet().toArray(String[]::new))
                .register(registry.getPrometheusRegistry())
                .addLabelValues(sorted.values().toArray(String[]::new));
    }

    /** Adds a figure with one value for each value of a label, asked for whenever somebody looks. */
    public void rows(String name, String description, String label, Supplier<Map<String, Integer>> values) {
        MultiGauge gauge = MultiGauge.builder(name).description(description).register(registry);
        refreshed.add(() -> gauge.register(rows(label, values.get()), true));
    }

    private static List<MultiGauge.Row<?>> rows(String label, Map<String, Integer> values) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .<MultiGauge.Row<?>>map(
                                entry -> MultiGauge.Row.of(Tags.of(label, entry.getKey()), entry.getValue()))
                        .toList();
    }

    @Override
    public void count(String type, String namespace) {
        counter("osm_k8s_api_event_count", events, Tags.of("type", type, "namespace", namespace))
                .increment();
    }

    /** A changed state was published. */
    public void published(Duration took) {
        publications.increment();
        updates.record(took);
    }

    /** A proxy was sent away because there are too many. */
    public void turnedAway() {
        turnedAway.increment();
    }

    /** An admission review was answered. */
    public void reviewed(String kind, boolean success) {
        counter(
                        "osm_admission_webhook_response_total",
                        reviews,
                        Tags.of("kind", kind, "success", Boolean.toString(success)))
                .increment();
    }

    /** All metrics in the format that Prometheus reads. */
    public String scrape() {
        refreshed.forEach(Runnable::run);
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    private LongAdder counter(String name, Map<Tags, LongAdder> counters, Tags tags) {
        return counters.computeIfAbsent(tags, _ -> {
            LongAdder counter = new LongAdder();
            Gauge.builder(name, counter, LongAdder::sum).tags(tags).register(registry);
            return counter;
        });
    }
}
