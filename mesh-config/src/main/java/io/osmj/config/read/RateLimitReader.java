package io.osmj.config.read;

import io.osmj.core.policy.Rate;
import io.osmj.core.policy.RateLimits;
import io.osmj.core.policy.RequestLimit;
import io.osmj.core.problem.ProblemCode;
import io.osmj.smi.read.Regex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads what an UpstreamTrafficSetting says of rates. A request counts for the first path that is for it, in the order of the
 * object: whoever writes it says by that which is the exception and which the rule.
 */
final class RateLimitReader {
    /** Every request that no other path is for, wherever it stands. */
    private static final String ALL_OTHERS = ".*";

    /** Behind one of these no other limit is for any request. */
    private static final Set<String> EVERYTHING = Set.of("", "/.*");

    private final FieldReader spec;

    RateLimitReader(FieldReader spec) {
        this.spec = spec;
    }

    /** A limit and where it stands. */
    private record Part(FieldReader at, String field, RequestLimit limit) {
        boolean takesEverything() {
            return EVERYTHING.contains(limit.pathRegex());
        }
    }

    RateLimits read() {
        FieldReader limits = spec.at("rateLimit");
        unheeded(limits);
        FieldReader tcp = limits.at("local").at("tcp");
        Rate connections = tcp.node().isObject() ? rate(tcp, "connections") : Rate.UNLIMITED;
        return new RateLimits(connections, requests(limits.at("local")));
    }

    private List<RequestLimit> requests(FieldReader local) {
        List<Part> parts = new ArrayList<>(routes());
        parts.sort((one, other) -> Boolean.compare(
                one.limit().pathRegex().isEmpty(), other.limit().pathRegex().isEmpty()));
        FieldReader http = local.at("http");
        if (http.node().isObject()) {
            parts.add(new Part(local, "http", limit("", http)));
        }
        List<RequestLimit> effective = new ArrayList<>();
        Optional<Part> everything = Optional.empty();
        for (Part part : parts) {
            if (everything.isPresent()) {
                withoutEffect(part, everything.get().limit());
            } else {
                effective.add(part.limit());
                everything = Optional.of(part).filter(Part::takesEverything);
            }
        }
        return effective;
    }

    private static void withoutEffect(Part part, RequestLimit everything) {
        String path = everything.pathRegex().isEmpty() ? ALL_OTHERS : everything.pathRegex();
        part.at()
                .note(
                        ProblemCode.M2030,
                        part.field(),
                        "The limit for path " + path + " counts for every request in place of this one.",
                        path.equals(ALL_OTHERS)
                                ? "Keep one of them."
                                : "Keep one of them, or write .* in place of " + path
                                        + ", which is for requests that no other path is for.");
    }

    private List<Part> routes() {
        List<Part> limits = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        for (FieldReader route : spec.items("httpRoutes")) {
            String path = route.text("path", "");
            unheeded(route.at("rateLimit"));
            if (path.isEmpty()) {
                route.problem(ProblemCode.M1005, "path", "The route has no path.", "an RE2 expression such as /buy/.*");
            } else if (!paths.add(path)) {
                route.note(ProblemCode.M2011, "path", "'" + path + "' stands twice.", "Keep one of them.");
            } else {
                Regex.fault(path).ifPresent(fault -> route.note(ProblemCode.M2008, "path", fault, Regex.REMEDY));
                FieldReader local = route.at("rateLimit").at("local");
                if (local.node().isObject()) {
                    limits.add(new Part(route, "path", limit(path.equals(ALL_OTHERS) ? "" : path, local)));
                }
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
