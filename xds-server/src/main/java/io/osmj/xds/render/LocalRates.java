package io.osmj.xds.render;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.envoyproxy.envoy.type.v3.StatusCode;
import io.envoyproxy.envoy.type.v3.TokenBucket;
import io.osmj.core.plan.InboundPort;
import io.osmj.core.policy.Rate;
import io.osmj.core.policy.RequestLimit;
import java.util.List;

/**
 * How much an inbound port takes. Connections are counted by a filter of each chain, all of a port with one and the same bucket;
 * requests by the port's route table, which all its chains have in common. A port without limits has neither.
 */
final class LocalRates {
    private static final String HTTP = "envoy.filters.http.local_ratelimit";
    private static final String NETWORK = "envoy.filters.network.local_ratelimit";
    private static final String STATISTICS = "http_local_rate_limiter";

    private static final RuntimeFractionalPercent ALL = RuntimeFractionalPercent.newBuilder()
            .setDefaultValue(FractionalPercent.newBuilder().setNumerator(100))
            .build();

    private LocalRates() {}

    /** What counts connections of the port. */
    static List<Filter> connections(InboundPort port) {
        Rate rate = port.rates().connections();
        return rate.equals(Rate.UNLIMITED)
                ? List.of()
                : List.of(Proto.filter(
                        NETWORK,
                        io.envoyproxy.envoy.extensions.filters.network.local_ratelimit.v3.LocalRateLimit.newBuilder()
                                .setStatPrefix("inbound_" + port.port())
                                .setTokenBucket(bucket(rate))
                                .setShareKey("inbound_" + port.port())
                                .build()));
    }

    /** What counts requests of the port by what its route table says. */
    static List<HttpFilter> requests(InboundPort port) {
        return port.rates().requests().isEmpty()
                ? List.of()
                : List.of(Proto.httpFilter(
                        HTTP,
                        LocalRateLimit.newBuilder().setStatPrefix(STATISTICS).build()));
    }

    /** Puts the limits into the table: before the route that takes everything, one for each path that has a limit of its own. */
    static void limit(VirtualHost.Builder application, InboundPort port) {
        Route everything = application.getRoutes(0);
        application.clearRoutes();
        for (RequestLimit limit : port.rates().requests()) {
            Any counted = Any.pack(counted(limit));
            if (limit.pathRegex().isEmpty()) {
                application.putTypedPerFilterConfig(HTTP, counted);
            } else {
                application.addRoutes(everything.toBuilder()
                        .setMatch(RouteMatch.newBuilder()
                                .setSafeRegex(RegexMatcher.newBuilder().setRegex(limit.pathRegex())))
                        .putTypedPerFilterConfig(HTTP, counted));
            }
        }
        application.addRoutes(everything);
    }

    private static LocalRateLimit counted(RequestLimit limit) {
        LocalRateLimit.Builder counted = LocalRateLimit.newBuilder()
                .setStatPrefix(STATISTICS)
                .setTokenBucket(bucket(limit.rate()))
                .setFilterEnabled(ALL)
                .setFilterEnforced(ALL)
                .setStatus(HttpStatus.newBuilder().setCode(StatusCode.forNumber(limit.status())));
        limit.headers()
                .forEach(header -> counted.addResponseHeadersToAdd(HeaderValueOption.newBuilder()
                        .setHeader(HeaderValue.newBuilder()
                                .setKey(header.name())
                                // Envoy puts other values in where a percent sign stands alone.
                                .setValue(header.value().replace("%", "%%")))
                        .setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)));
        return counted.build();
    }

    private static TokenBucket bucket(Rate rate) {
        return TokenBucket.newBuilder()
                .setMaxTokens((int) rate.most())
                .setTokensPerFill(UInt32Value.of((int) rate.count()))
                .setFillInterval(Duration.newBuilder().setSeconds(rate.unit().seconds()))
                .build();
    }
}
