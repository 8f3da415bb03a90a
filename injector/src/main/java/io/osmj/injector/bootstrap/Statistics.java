package io.osmj.injector.bootstrap;

import io.envoyproxy.envoy.config.metrics.v3.StatsConfig;
import io.envoyproxy.envoy.config.metrics.v3.StatsMatcher;
import io.envoyproxy.envoy.type.matcher.v3.ListStringMatcher;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.List;

/**
 * The statistics that a sidecar keeps: what the dashboards show and what tells why something fails. Envoy would keep some
 * two hundred for every cluster.
 */
final class Statistics {
    private static final List<String> PREFIXES =
            List.of("server.", "cluster_manager.", "control_plane.", "listener_manager.");

    private static final List<String> PATTERNS = List.of(
            // Membership is what the answers to TCP and gRPC probes are taken from; without it they would all be no.
            // No dot is in a cluster's name here. What has one more has it of "external", where all requests count
            // again.
            "cluster\\.[^.]*\\.(membership_(total|healthy)"
                    + "|upstream_cx_(active|total|connect_fail|connect_timeout|rx_bytes_total|tx_bytes_total)"
                    + "|upstream_rq_(active|total|time|timeout|rx_reset|tx_reset|pending_overflow|retry|[1-5]xx)"
                    + "|ssl\\.(handshake|connection_error|fail_verify_error|fail_verify_san))",
            "http\\..*\\.(downstream_(cx_(active|total)|rq_(active|total|time|[1-5]xx))|.*rbac\\..*|.*ratelimit\\..*)",
            "tcp\\..*\\.downstream_cx_(total|no_route|rx_bytes_total|tx_bytes_total)",
            ".*rbac\\.(.*\\.)?(allowed|denied|shadow_allowed|shadow_denied)",
            "listener\\..*\\.(downstream_cx_(active|total|overflow|overload_reject)|no_filter_chain_match"
                    + "|ssl\\.(handshake|connection_error|fail_verify_error|fail_verify_no_cert|fail_verify_san))");

    private Statistics() {}

    static StatsConfig config() {
        ListStringMatcher.Builder kept = ListStringMatcher.newBuilder();
        PREFIXES.forEach(prefix -> kept.addPatterns(StringMatcher.newBuilder().setPrefix(prefix)));
        PATTERNS.forEach(pattern -> kept.addPatterns(StringMatcher.newBuilder()
                .setSafeRegex(RegexMatcher.newBuilder().setRegex(pattern))));
        return StatsConfig.newBuilder()
                .setStatsMatcher(StatsMatcher.newBuilder().setInclusionList(kept))
                .build();
    }
}
