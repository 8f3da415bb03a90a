package io.osmj.config.read;

import io.osmj.core.policy.Rate;
import io.osmj.core.policy.RateLimits;
import io.osmj.core.policy.RequestLimit;
import io.osmj.core.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what an UpstreamTrafficSetting says of rates. */
final class RateLimitReader {
    private final FieldReader spec;

    RateLimitReader(FieldReader spec) {
        this.spec = spec;
    }

    RateLimits read() {
        FieldReader limits = spec.at("rateLimit");
        unheeded(limits);
        FieldReader tcp = limits.at("local").at("tcp");
        Rate connections = tcp.node().isObject() ? rate(tcp, "connections") : Rate.UNLIMITED;
        List<RequestLimit> requests = new ArrayList<>(routes());
        FieldReader http = limits.at("local").at("http");
        if (http.node().isObject()) {
            if (requests.stream().anyMatch(limit -> limit.pathRegex().isEmpty())) {
                spec.note(
                        ProblemCode.M2030,
                        "rateLimit.local.http",
                        "The limit for path .* counts for every request in place of this one.",
                        "Keep one of them.");
            } else {
                requests.add(limit("", http));
            }
        }
        // What takes every request comes last, wherever it stands.
        requests.sort((one, other) ->
                Boolean.compare(one.pathRegex().isEmpty(), other.pathRegex().isEmpty()));
        return new RateLimits(connections, requests);
    }

    private List<RequestLimit> routes() {
        List<RequestLimit> limits = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        for (FieldReader route : spec.items("httpRoutes")) {
            String path = route.text("path", "");
            unheeded(route.at("rateLimit"));
            if (path.isEmpty()) {
                route.problem(ProblemCode.M1005, "path", "The route has no path.", "the pathRegex of a match, or .*,");
            } else if (!paths.add(path)) {
                route.note(ProblemCode.M2011, "path", "'" + path + "' stands twice.", "Keep one of them.");
            } else if (route.at("rateLimit").at("local").node().isObject()) {
                limits.add(limit(
                        path.equals(".*") ? "" : path, route.at("rateLimit").at("local")));
            }
        }
        return limits;
    }

    private static void unheeded(FieldReader limits) {
        if (limits.node().hasNonNull("global")) {
            limits.note(
                    ProblemCode.M2029,
                    "global",
                    "The mesh asks no rate limit service yet, so nothing is limited by this part.",
                    "Take it out, so that nobody relies on it; rateLimit.local counts in each pod's sidecar.");
        }
    }

    private static RequestLimit limit(String path, FieldReader http) {
        return new RequestLimit(path, rate(http, "requests"), RefusalReader.status(http), RefusalReader.headers(http));
    }

    private static Rate rate(FieldReader fields, String what) {
        long count = fields.count(what, 0, 1);
        if (!fields.node().hasNonNull(what)) {
            fields.problem(ProblemCode.M1005, what, "It is not said how many.", "a number");
        }
        Rate rate = new Rate(count, unit(fields), fields.count("burst", 0, 0));
        if (rate.most() > FieldReader.HIGHEST) {
            fields.problem(
                    ProblemCode.M1005,
                    "burst",
                    "Together with " + what + " that is more than " + FieldReader.HIGHEST + ".",
                    "a lower number");
        }
        return rate;
    }

    private static Rate.Unit unit(FieldReader fields) {
        String unit = fields.text("unit", "");
        Optional<Rate.Unit> known = Stream.of(Rate.Unit.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(unit))
                .findFirst();
        if (known.isEmpty()) {
            fields.problem(
                    ProblemCode.M1005, "unit", "'" + unit + "' is not a unit of time.", "second, minute or hour");
        }
        return known.orElse(Rate.Unit.SECOND);
    }
}
