package io.osmj.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmj.core.policy.ConnectionLimits;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.problem.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficSettingReaderTest {
    private static final long UNLIMITED = ConnectionLimits.UNLIMITED;

    private static Outcome<Optional<LimitRule>> read(String spec) {
        try {
            return TrafficSettingReader.read(new ObjectMapper().readTree("""
                    {"metadata": {"namespace": "shop", "name": "web", "creationTimestamp": "2026-05-01T10:00:00Z"},
                     "spec": %s}""".formatted(spec)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(spec, e);
        }
    }

    private static List<String> problems(String spec) {
        Outcome<Optional<LimitRule>> outcome = read(spec);
        return outcome.problems().stream()
                .map(problem -> problem.code() + " " + problem.field())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "web.shop", "web.shop.svc", "web.shop.svc.cluster.local"})
    void aServiceOfItsNamespaceIsNamedByAnyOfItsNames(String host) {
        Outcome<Optional<LimitRule>> outcome = read("{\"host\": \"" + host + "\"}");

        assertThat(outcome.clean()).isTrue();
        assertThat(outcome.value().orElseThrow().service()).isEqualTo("web");
        assertThat(outcome.value().orElseThrow().connections()).isEqualTo(ConnectionLimits.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Web",
                "web.store",
                "web.shop.cluster.local",
                "web-0.web.shop.svc.cluster.local",
                "*",
                "1.2.3.4"
            })
    void anyOtherHostIsNone(String host) {
        assertThat(read("{\"host\": \"" + host + "\"}").value()).isEmpty();
        assertThat(problems("{\"host\": \"" + host + "\"}")).containsExactly("M2026 spec.host");
    }

    @Test
    void whatIsNotSaidIsNotLimited() {
        LimitRule rule = read("""
                {"host": "web", "connectionSettings": {
                  "tcp": {"maxConnections": 0, "connectTimeout": "1.5s"}, "http": {"maxPendingRequests": 4294967294}}}""").value().orElseThrow();

        assertThat(rule.connections())
                .isEqualTo(new ConnectionLimits(
                        0, Duration.ofMillis(1500), UNLIMITED, UNLIMITED, UNLIMITED - 1, UNLIMITED));
        assertThat(rule.created()).isEqualTo("2026-05-01T10:00:00Z");
    }

    @Test
    void anObjectWithAFaultLimitsNothing() {
        String spec = """
                {"host": "web", "connectionSettings": {
                  "tcp": {"maxConnections": -1, "connectTimeout": "soon"},
                  "http": {"maxRequests": "many", "maxRetries": 4294967296}}}""";

        assertThat(read(spec).value()).isEmpty();
        assertThat(problems(spec))
                .containsExactly(
                        "M1005 spec.connectionSettings.http.maxRequests",
                        "M1005 spec.connectionSettings.http.maxRetries",
                        "M1004 spec.connectionSettings.tcp.connectTimeout",
                        "M1005 spec.connectionSettings.tcp.maxConnections");
    }
}
