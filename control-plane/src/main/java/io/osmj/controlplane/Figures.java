package io.osmj.controlplane;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;

import io.osmj.controlplane.http.BuildVersion;
import io.osmj.controlplane.metrics.Metrics;
import io.osmj.controlplane.publish.Publisher;
import io.osmj.controlplane.status.ProblemBoard;
import io.osmj.controlplane.watch.KubernetesSource;
import io.osmj.xds.serve.XdsMetrics;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The figures of the parts, connected to the metrics. */
final class Figures {
    private final Metrics metrics;

    Figures(Metrics metrics) {
        this.metrics = metrics;
    }

    Figures version(BuildVersion version) {
        metrics.info(
                "osm_version",
                "What this control plane was built from",
                Map.of(
                        "version", version.version(),
                        "git_commit", version.gitCommit(),
                        "build_date", version.buildDate()));
        return this;
    }

    Figures cluster(KubernetesSource source) {
        metrics.gauge(
                "osm_resource_namespace_count",
                "Namespaces of the mesh",
                () -> source.names().map(names -> names.size()).orElse(0));
        return this;
    }

    Figures problems(ProblemBoard board) {
        metrics.rows(
                "osm_error_err_code_count",
                "Problems that stand, by code",
                "err_code",
                () -> board.all().stream()
                        .collect(groupingBy(problem -> problem.code().name(), summingInt(_ -> 1))));
        return this;
    }

    Figures publisher(Publisher publisher) {
        metrics.gauge("osm_events_queued", "What waits for the publisher", publisher::waiting);
        return this;
    }

    Figures xds(Supplier<XdsMetrics.Counts> counts) {
        figure("osm_proxy_connect_count", "Proxies that are connected", counts, XdsMetrics.Counts::streams);
        figure("osm_proxy_reconnect_count", "Streams that were opened", counts, XdsMetrics.Counts::opened);
        figure("osm_proxy_refused_count", "Streams refused for who opened them", counts, XdsMetrics.Counts::turnedAway);
        figure("osm_proxy_xds_request_count", "Requests of proxies", counts, XdsMetrics.Counts::requests);
        figure("osm_proxy_response_send_success_count", "Responses sent", counts, XdsMetrics.Counts::responses);
        figure("osm_proxy_nack_count", "Responses that proxies refused", counts, XdsMetrics.Counts::nacks);
        figure("osm_proxy_resource_sent_count", "Resources sent", counts, XdsMetrics.Counts::resources);
        figure("osm_proxy_sent_bytes", "Bytes of responses", counts, XdsMetrics.Counts::bytes);
        return this;
    }

    private void figure(
            String name,
            String description,
            Supplier<XdsMetrics.Counts> counts,
            ToLongFunction<XdsMetrics.Counts> value) {
        metrics.gauge(name, description, () -> value.applyAsLong(counts.get()));
    }
}
