package io.osmj.core.policy;

import static java.util.Comparator.comparing;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.problem.ObjectRef;
import java.util.Comparator;
import java.util.List;

/**
 * Some accounts may call another. All rules together are the policy in strict mode; what no rule allows is denied.
 *
 * @param origin the object this rule came from
 * @param destination whose pods may be called
 * @param sources who may call; empty means nobody
 * @param http which requests may be sent to HTTP ports, any of these; empty means none
 * @param tcp which ports may be connected to
 * @param routes who says which requests and ports, in the order of the object
 */
public record AllowRule(
        ObjectRef origin,
        ServiceAccount destination,
        List<ServiceAccount> sources,
        List<HttpMatch> http,
        TcpAllowance tcp,
        List<RouteObject> routes)
        implements Comparable<AllowRule> {
    private static final Comparator<AllowRule> ORDER =
            comparing(AllowRule::origin).thenComparing(AllowRule::destination);

    public AllowRule {
        sources = sources.stream().sorted().distinct().toList();
        http = http.contains(HttpMatch.ANY)
                ? List.of(HttpMatch.ANY)
                : http.stream().distinct().toList();
        routes = List.copyOf(routes);
    }

    /** A rule that says by itself which requests and ports. */
    public AllowRule(
            ObjectRef origin,
            ServiceAccount destination,
            List<ServiceAccount> sources,
            List<HttpMatch> http,
            TcpAllowance tcp) {
        this(origin, destination, sources, http, tcp, List.of());
    }

    @Override
    public int compareTo(AllowRule other) {
        return ORDER.compare(this, other);
    }
}
