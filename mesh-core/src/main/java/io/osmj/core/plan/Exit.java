package io.osmj.core.plan;

import static java.util.Comparator.comparingInt;

import io.osmj.core.intercept.Cidr;
import io.osmj.core.policy.HttpMatch;
import java.util.Comparator;
import java.util.List;

/**
 * What a workload may reach outside the mesh on one port while mesh-wide egress is closed: all rules for it, joined.
 *
 * @param port the port dialled, 1 to 65535
 * @param ranges addresses that are reached as they are, sorted; none of them lies within another
 * @param http hosts to which requests may be sent, sorted by name
 * @param tls hosts with which TLS may be spoken, sorted
 */
public record Exit(int port, List<Cidr> ranges, List<Host> http, List<String> tls) implements Comparable<Exit> {
    private static final Comparator<Exit> ORDER = comparingInt(Exit::port);

    public Exit {
        ranges = List.copyOf(ranges);
        http = List.copyOf(http);
        tls = List.copyOf(tls);
    }

    /**
     * A host that is spoken to in HTTP.
     *
     * @param name lower-case DNS name
     * @param requests which requests may be sent there, any of these; never empty
     */
    public record Host(String name, List<HttpMatch> requests) {
        public Host {
            requests = List.copyOf(requests);
        }
    }

    /** Whether it leads to hosts, which only what is said on a connection can tell. */
    public boolean byName() {
        return !http.isEmpty() || !tls.isEmpty();
    }

    /** Whether this address is reached as it is. */
    public boolean holds(String address) {
        return ranges.stream().anyMatch(range -> range.holds(address));
    }

    /** Whether every address is. */
    public boolean any() {
        return ranges.contains(Cidr.EVERYTHING);
    }

    @Override
    public int compareTo(Exit other) {
        return ORDER.compare(this, other);
    }
}
