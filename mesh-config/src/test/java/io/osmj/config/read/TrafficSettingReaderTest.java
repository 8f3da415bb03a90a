package io.osmj.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmj.core.policy.ConnectionLimits;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.Rate;
import io.osmj.core.policy.RateLimits;
import io.osmj.core.policy.RequestLimit;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @Test
    void ratesAreReadWithTheDefaultsOfOsm() {
        RateLimits rates = read("""
                {"host": "web",
                 "rateLimit": {"local": {
                   "tcp": {"connections": 3, "unit": "minute", "burst": 2},
                   "http": {"requests": 1, "unit": "hour", "responseStatusCode": 0}}},
                 "httpRoutes": [
                   {"path": "/a", "rateLimit": {"local": {"requests": 2, "unit": "second", "responseStatusCode": 503,
                     "responseHeadersToAdd": [{"name": "x-why", "value": "100%"}]}}},
                   {"path": "/b"}]}""").value().orElseThrow().rates();

        assertThat(rates.connections()).isEqualTo(new Rate(3, Rate.Unit.MINUTE, 2));
        assertThat(rates.requests())
                .containsExactly(
                        new RequestLimit(
                                "/a",
                                new Rate(2, Rate.Unit.SECOND, 0),
                                503,
                                List.of(new RequestLimit.Header("x-why", "100%"))),
                        new RequestLimit("", new Rate(1, Rate.Unit.HOUR, 0), 429, List.of()));
    }

    @Test
    void theLimitForEveryPathCountsInPlaceOfThatForTheService() {
        String spec = """
                {"host": "web",
                 "rateLimit": {"local": {"http": {"requests": 1, "unit": "hour"}}},
                 "httpRoutes": [
                   {"path": ".*", "rateLimit": {"local": {"requests": 2, "unit": "second"}}},
                   {"path": "/a", "rateLimit": {"local": {"requests": 3, "unit": "second"}}}]}""";

        assertThat(problems(spec)).containsExactly("M2030 spec.rateLimit.local.http");
        assertThat(read(spec).value().orElseThrow().rates().requests())
                .extracting(limit -> limit.pathRegex() + " " + limit.rate().count())
                .containsExactly("/a 3", " 2");
    }

    @Test
    void pathsCountInTheOrderOfTheObject() {
        String spec = """
                {"host": "web",
                 "rateLimit": {"local": {"http": {"requests": 1, "unit": "hour"}}},
                 "httpRoutes": [
                   {"path": "/b/.*", "rateLimit": {"local": {"requests": 2, "unit": "second"}}},
                   {"path": "/b/c", "rateLimit": {"local": {"requests": 3, "unit": "second"}}},
                   {"path": "/a", "rateLimit": {"local": {"requests": 4, "unit": "second"}}}]}""";

        assertThat(problems(spec)).isEmpty();
        assertThat(read(spec).value().orElseThrow().rates().requests())
                .extracting(RequestLimit::pathRegex)
                .containsExactly("/b/.*", "/b/c", "/a", "");
    }

    @Test
    void whatStandsBehindALimitOfEveryPathHasNoEffect() {
        String spec = """
                {"host": "web",
                 "rateLimit": {"local": {"http": {"requests": 1, "unit": "hour"}}},
                 "httpRoutes": [
                   {"path": ".*", "rateLimit": {"local": {"requests": 2, "unit": "second"}}},
                   {"path": "/a", "rateLimit": {"local": {"requests": 3, "unit": "second"}}},
                   {"path": "/.*", "rateLimit": {"local": {"requests": 4, "unit": "second"}}},
                   {"path": "/b", "rateLimit": {"local": {"requests": 5, "unit": "second"}}}]}""";

        assertThat(problems(spec))
                .containsExactly(
                        "M2030 spec.httpRoutes[0].path",
                        "M2030 spec.httpRoutes[3].path",
                        "M2030 spec.rateLimit.local.http");
        assertThat(read(spec).value().orElseThrow().rates().requests())
                .extracting(RequestLimit::pathRegex)
                .containsExactly("/a", "/.*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/books/(; is not an RE2 expression",
                "[^/]{60}; instructions",
                "((a{0,900}){0,900}){0,900}; repeats so much"
            })
    void aPathThatEnvoyWouldRefuseIsRefused(String path, String reason) {
        String spec = """
                {"host": "web", "httpRoutes": [
                  {"path": "/a", "rateLimit": {"local": {"requests": 1, "unit": "second"}}},
                  {"path": "%s", "rateLimit": {"local": {"requests": 1, "unit": "second"}}}]}""".formatted(path);

        assertThat(read(spec).value()).isEmpty();
        assertThat(read(spec).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.M2008);
            assertThat(problem.field()).isEqualTo("spec.httpRoutes[1].path");
            assertThat(problem.message()).contains(reason);
        });
    }

    @Test
    void whatARateLimitServiceWouldCountIsWarnedOfAndTheRestHolds() {
        String spec = """
                {"host": "web",
                 "rateLimit": {"global": {"tcp": {}}, "local": {"tcp": {"connections": 1, "unit": "hour"}}},
                 "httpRoutes": [{"path": "/a", "rateLimit": {"global": {"descriptors": []}}}]}""";

        assertThat(problems(spec))
                .containsExactly("M2029 spec.httpRoutes[0].rateLimit.global", "M2029 spec.rateLimit.global");
        assertThat(read(spec).value().orElseThrow().rates().connections().count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"unit\": \"second\"}; requests",
                "{\"requests\": 0, \"unit\": \"second\"}; requests",
                "{\"requests\": 1}; unit",
                "{\"requests\": 1, \"unit\": \"day\"}; unit",
                "{\"requests\": 1, \"unit\": \"hour\", \"burst\": 4294967295}; burst",
                "{\"requests\": 1, \"unit\": \"hour\", \"responseStatusCode\": 419}; responseStatusCode",
                "{\"requests\": 1, \"unit\": \"hour\", \"responseStatusCode\": 200}; responseStatusCode",
                "{\"requests\": 1, \"unit\": \"hour\", \"responseHeadersToAdd\": [{\"name\": \"Host\", \"value\": \"x\"}]};"
                        + "responseHeadersToAdd[0].name",
                "{\"requests\": 1, \"unit\": \"hour\", \"responseHeadersToAdd\": [{\"name\": \":status\", \"value\": \"x\"}]};"
                        + "responseHeadersToAdd[0].name",
                "{\"requests\": 1, \"unit\": \"hour\", \"responseHeadersToAdd\": [{\"name\": \"x\", \"value\": \"a\\nb\"}]};"
                        + "responseHeadersToAdd[0].value",
                "{\"requests\": 1, \"unit\": \"hour\", \"responseHeadersToAdd\": [{},{},{},{},{},{},{},{},{},{},{}]};"
                        + "responseHeadersToAdd",
            })
    void whatEnvoyWouldRefuseIsRefused(String http, String field) {
        String spec = "{\"host\": \"web\", \"rateLimit\": {\"local\": {\"http\": " + http + "}}}";

        assertThat(read(spec).value()).isEmpty();
        assertThat(problems(spec)).contains("M1005 spec.rateLimit.local.http." + field);
    }

    @Test
    void aPathThatStandsTwiceIsRefused() {
        String spec = """
                {"host": "web", "httpRoutes": [{"path": "/a"}, {"path": "/a"}, {}]}""";

        assertThat(read(spec).value()).isEmpty();
        assertThat(problems(spec)).containsExactly("M2011 spec.httpRoutes[1].path", "M1005 spec.httpRoutes[2].path");
    }
}
