package io.osmj.cli.policy;

import io.osmj.cli.offline.Pipeline;
import io.osmj.cli.policy.Verdict.Reason;
import io.osmj.core.policy.ConnectionLimits;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.Rate;
import io.osmj.core.policy.RateLimits;
import io.osmj.core.policy.RequestLimit;
import io.osmj.core.service.MeshService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How many of the calls that pass are let through. */
final class Limits {
    private final List<String> calling = new ArrayList<>();
    private final List<String> called = new ArrayList<>();

    private Limits(LimitRule rule, boolean http, Request request) {
        ConnectionLimits limits = rule.connections();
        number(limits.maxConnections(), "connections");
        Duration timeout = limits.connectTimeout();
        if (!timeout.equals(ConnectionLimits.NONE.connectTimeout())) {
            calling.add(timeout.toMillis() + " ms to connect");
        }
        if (http) {
            number(limits.maxRequests(), "requests at once");
            number(limits.maxPendingRequests(), "waiting requests");
            number(limits.maxRequestsPerConnection(), "requests on a connection");
            number(limits.maxRetries(), "requests tried again at once");
        }
        if (!rule.rates().connections().equals(Rate.UNLIMITED)) {
            called.add(rate(rule.rates().connections(), "new connections"));
        }
        if (http) {
            counting(rule.rates(), request).forEach(limit -> called.add(rate(limit.rate(), "requests" + to(limit))));
        }
    }

    /** What is to be said of the service that is called, if anything. */
    static Optional<Reason> of(Pipeline pipeline, MeshService service, Request request) {
        return pipeline.model().limits().stream()
                .filter(rule -> rule.namespace().equals(service.namespace())
                        && rule.service().equals(service.name()))
                .findFirst()
                .flatMap(rule -> new Limits(rule, service.protocol().http(), request)
                        .text()
                        .map(text -> new Reason(
                                rule.origin() + text,
                                Optional.of(rule.origin()),
                                pipeline.seen().whereIs(rule.origin()))));
    }

    /** Of several that are for one path the first counts; without a path each may. */
    private static Stream<RequestLimit> counting(RateLimits rates, Request request) {
        return request.path().isEmpty()
                ? rates.requests().stream()
                : rates.requests().stream()
                        .filter(limit ->
                                request.fits(new HttpMatch(limit.pathRegex(), List.of(), Map.of())) == Request.Fit.YES)
                        .limit(1);
    }

    private Optional<String> text() {
        List<String> sides = new ArrayList<>();
        if (!calling.isEmpty()) {
            sides.add(" allows each caller's sidecar " + String.join(", ", calling));
        }
        if (!called.isEmpty()) {
            sides.add(" has each pod's sidecar take " + String.join(", ", called));
        }
        return sides.isEmpty() ? Optional.empty() : Optional.of(String.join(";", sides) + ".");
    }

    private void number(long limit, String what) {
        if (limit != ConnectionLimits.UNLIMITED) {
            calling.add(limit + " " + what);
        }
    }

    private static String rate(Rate rate, String what) {
        return rate.count() + " " + what + " a " + rate.unit().name().toLowerCase(Locale.ROOT)
                + (rate.burst() == 0 ? "" : " (and " + rate.burst() + " more at once)");
    }

    private static String to(RequestLimit limit) {
        return limit.pathRegex().isEmpty() ? "" : " to " + limit.pathRegex();
    }
}
