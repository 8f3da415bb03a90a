package io.osmj.core.policy;

import static java.util.Comparator.comparing;

import io.osmj.core.intercept.Cidr;
import io.osmj.core.problem.ObjectRef;
import java.util.Comparator;
import java.util.List;

/**
 * Callers from outside the mesh may come to services of it. Where addresses are named a caller has to come from one of them, and
 * where a certificate is asked for it has to be that of a client that is named.
 *
 * @param origin the object this rule came from; the services are of its namespace
 * @param backends in the order of the object
 * @param sources in the order of the object
 */
public record IngressRule(ObjectRef origin, List<Backend> backends, List<Source> sources)
        implements Comparable<IngressRule> {
    private static final Comparator<IngressRule> ORDER = comparing(IngressRule::origin);

    public IngressRule {
        backends = List.copyOf(backends);
        sources = List.copyOf(sources);
    }

    /**
     * What may be called.
     *
     * @param service the name of the service
     * @param port the target port, 1 to 65535
     * @param protocol how it may be called
     * @param serverNames TLS server names, one of which has to be asked for, {@code *.} in front standing for any; empty means
     *     that it does not matter
     */
    public record Backend(String service, int port, IngressProtocol protocol, List<String> serverNames) {
        public Backend {
            serverNames = List.copyOf(serverNames);
        }
    }

    /** Who may call. */
    public sealed interface Source {}

    /** Whoever answers for a service, of whatever namespace of the mesh. */
    public record Endpoints(String namespace, String service) implements Source {}

    /** Whoever comes from a range of addresses. */
    public record Range(Cidr range) implements Source {}

    /** Whoever shows a certificate with a name, as the object has it. */
    public record Client(String name) implements Source {}

    /** Whether it matters where a caller comes from. */
    public boolean byAddress() {
        return sources.stream().anyMatch(source -> !(source instanceof Client));
    }

    @Override
    public int compareTo(IngressRule other) {
        return ORDER.compare(this, other);
    }
}
