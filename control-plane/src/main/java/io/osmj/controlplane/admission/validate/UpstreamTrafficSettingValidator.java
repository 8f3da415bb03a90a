package io.osmj.controlplane.admission.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.config.read.TrafficSettingReader;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** UpstreamTrafficSettings: what cannot be read, and what would have Envoy refuse a whole configuration. */
final class UpstreamTrafficSettingValidator implements ObjectValidator {
    /** Those at which Envoy knows a status by name ({@code envoy.type.v3.StatusCode}); it refuses all others. */
    private static final Set<Integer> STATUSES = statuses();

    private static Set<Integer> statuses() {
        TreeSet<Integer> statuses = new TreeSet<>(Set.of(421, 422, 423, 424, 426, 428, 429, 431, 510, 511));
        Stream.of(IntStream.rangeClosed(400, 417), IntStream.rangeClosed(500, 508))
                .forEach(range -> range.forEach(statuses::add));
        return statuses;
    }

    @Override
    public List<Problem> check(JsonNode object) {
        Findings findings = new Findings("UpstreamTrafficSetting", object);
        JsonNode spec = object.path("spec");
        limits(spec.path("rateLimit"), "spec.rateLimit", findings);
        Findings.each(
                spec.path("httpRoutes"),
                "spec.httpRoutes",
                (route, field) -> limits(route.path("rateLimit"), field + ".rateLimit", findings));
        return Stream.concat(TrafficSettingReader.read(object).problems().stream(), findings.problems().stream())
                .toList();
    }

    /** Of the service as a whole the status stands below {@code local.http}, of a route right below {@code local}. */
    private static void limits(JsonNode limits, String field, Findings findings) {
        status(limits.path("local"), field + ".local", findings);
        status(limits.path("local").path("http"), field + ".local.http", findings);
        status(limits.path("global").path("http"), field + ".global.http", findings);
    }

    private static void status(JsonNode limit, String field, Findings findings) {
        JsonNode status = limit.path("responseStatusCode");
        if (!status.isMissingNode() && status.asInt() != 0 && !STATUSES.contains(status.asInt())) {
            findings.add(
                    ProblemCode.M1005,
                    field + ".responseStatusCode",
                    "Invalid responseStatusCode " + status.asInt() + ".",
                    "Use a status of HTTP from 400 on that Envoy knows, such as 429 or 503.");
        }
    }
}
