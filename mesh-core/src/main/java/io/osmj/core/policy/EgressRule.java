package io.osmj.core.policy;

import static java.util.Comparator.comparing;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.problem.ObjectRef;
import java.util.Comparator;
import java.util.List;

/**
 * Some accounts may reach some destinations outside the mesh although mesh-wide egress is closed. What the rules for one account
 * allow adds up; while mesh-wide egress is open they say nothing.
 *
 * @param origin the object this rule came from
 * @param sources who may leave; empty means nobody
 * @param hosts lower-case DNS names, for ports that go by name
 * @param ranges addresses, for ports that go by address; none means any address
 * @param ports each with what it goes by
 * @param http which requests may be sent to a host on an HTTP port, any of these; empty means none
 * @param routes who says which requests, in the order of the object
 */
public record EgressRule(
        ObjectRef origin,
        List<ServiceAccount> sources,
        List<String> hosts,
        List<Cidr> ranges,
        List<Port> ports,
        List<HttpMatch> http,
        List<RouteObject> routes)
        implements Comparable<EgressRule> {
    private static final Comparator<EgressRule> ORDER = comparing(EgressRule::origin);

    public EgressRule {
        sources = sources.stream().sorted().distinct().toList();
        hosts = hosts.stream().sorted().distinct().toList();
        ranges = ranges.stream().sorted().distinct().toList();
        ports = ports.stream().distinct().toList();
        http = http.contains(HttpMatch.ANY)
                ? List.of(HttpMatch.ANY)
                : http.stream().distinct().toList();
        routes = List.copyOf(routes);
    }

    /** A rule that says by itself which requests. */
    public EgressRule(
            ObjectRef origin,
            List<ServiceAccount> sources,
            List<String> hosts,
            List<Cidr> ranges,
            List<Port> ports,
            List<HttpMatch> http) {
        this(origin, sources, hosts, ranges, ports, http, List.of());
    }

    /**
     * A port outside the mesh.
     *
     * @param number 1 to 65535
     * @param by what decides on it
     */
    public record Port(int number, By by) {}

    /** What decides on a port whether a connection may leave. */
    public enum By {
        /** The host that each request names; it is sent to that host and nowhere else. */
        HTTP_HOST,
        /** The server name with which TLS begins; the connection goes to that host and nowhere else. */
        TLS_NAME,
        /** The address that was dialled. */
        ADDRESS
    }

    @Override
    public int compareTo(EgressRule other) {
        return ORDER.compare(this, other);
    }
}
