package io.osmj.xds.render;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy.RetryBackOff;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.osmj.core.plan.Retries;
import io.osmj.core.policy.RetryPolicy;
import io.osmj.core.service.DialledAddress;
import java.util.List;

/**
 * The one outbound route table, the same in every mode, and in every proxy but for what is tried again: a request goes to the cluster
 * of the dialled address, whose name an early mutation wrote into a header. What the application writes into {@code Host} changes
 * nothing, and whether the call is allowed is said by what the cluster is.
 *
 * <p>Where requests to an address are tried again, that header chooses a route of its own, which differs by the policy alone.
 */
final class OutboundRoutes {
    private OutboundRoutes() {}

    static RouteConfiguration render(List<Retries> retries) {
        VirtualHost.Builder host = VirtualHost.newBuilder().setName("outbound").addDomains("*");
        retries.forEach(again -> again.addresses().forEach(address -> host.addRoutes(triedAgain(again, address))));
        return RouteConfiguration.newBuilder()
                .setName(Names.OUTBOUND_ROUTES)
                .setValidateClusters(BoolValue.of(false))
                .addRequestHeadersToRemove(Names.CLUSTER_HEADER)
                .addRequestHeadersToRemove(Names.CALLER_HEADER)
                .addVirtualHosts(
                        host.addRoutes(Route.newBuilder().setMatch(everything()).setRoute(dialled())))
                .build();
    }

    private static Route.Builder triedAgain(Retries retries, DialledAddress address) {
        HeaderMatcher dialled = HeaderMatcher.newBuilder()
                .setName(Names.CLUSTER_HEADER)
                .setStringMatch(Proto.exactly(DestinationName.REQUESTS + address))
                .build();
        return Route.newBuilder()
                .setName(retries.origin().toString())
                .setMatch(everything().addHeaders(dialled))
                .setRoute(dialled().setRetryPolicy(policy(retries.policy())));
    }

    private static RouteMatch.Builder everything() {
        return RouteMatch.newBuilder().setPrefix("/");
    }

    /** No timeout of the mesh's own: how long an answer may take is the application's affair. */
    private static RouteAction.Builder dialled() {
        return RouteAction.newBuilder()
                .setClusterHeader(Names.CLUSTER_HEADER)
                .setTimeout(Duration.getDefaultInstance());
    }

    private static io.envoyproxy.envoy.config.route.v3.RetryPolicy policy(RetryPolicy policy) {
        var again = io.envoyproxy.envoy.config.route.v3.RetryPolicy.newBuilder()
                .setRetryOn(String.join(",", policy.on()))
                .setNumRetries(Proto.uint(policy.retries()))
                .setRetryBackOff(RetryBackOff.newBuilder().setBaseInterval(duration(policy.pause())));
        if (!policy.perTry().isZero()) {
            again.setPerTryTimeout(duration(policy.perTry()));
        }
        return again.build();
    }

    private static Duration duration(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.toSeconds())
                .setNanos(duration.toNanosPart())
                .build();
    }
}
