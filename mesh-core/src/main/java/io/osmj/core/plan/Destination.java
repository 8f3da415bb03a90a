package io.osmj.core.plan;

import static java.util.Comparator.comparing;

import io.osmj.core.identity.SpiffeId;
import io.osmj.core.policy.ConnectionLimits;
import java.util.Comparator;
import java.util.List;

/**
 * An address and port of the mesh that the application may dial, and what stands behind it.
 *
 * <p>Routing goes by the address that was dialled, never by a name the client writes into its request: Dapr dials pods by
 * address and puts that address into {@code :authority}.
 *
 * @param address IPv4 address of a service or of a pod
 * @param port the port dialled, 1 to 65535
 * @param carriage how it is carried
 * @param label for statistics and logs, {@code namespace/service|port}
 * @param serverName the TLS server name sent
 * @param access whether this proxy's workload may call it, and where the call goes
 */
public record Destination(String address, int port, Carriage carriage, String label, String serverName, Access access)
        implements Comparable<Destination> {
    private static final Comparator<Destination> ORDER =
            comparing(Destination::address).thenComparingInt(Destination::port);

    /** {@code address:port}: the key of the destination's resources. */
    public String key() {
        return address + ":" + port;
    }

    @Override
    public int compareTo(Destination other) {
        return ORDER.compare(this, other);
    }

    /** How the listener takes a connection to the destination. */
    public enum Carriage {
        /** Requests are seen one by one; the listener knows it by the port ({@link Reach#httpPorts}). */
        HTTP,
        /**
         * Requests are seen one by one, but the listener cannot know it: elsewhere in the mesh the port is TCP, or it was not
         * known for HTTP yet when the listener took a connection.
         */
        HTTP_ON_MIXED_PORT,
        /** Bytes. */
        TCP;

        /** Whether requests are seen one by one. */
        public boolean http() {
            return this != TCP;
        }
    }

    /** May it be called? */
    public sealed interface Access {}

    /**
     * No rule lets this workload call it. An HTTP request gets 403 and a connection is closed, both at once. The server
     * side refuses too; this is a courtesy.
     */
    public record Denied() implements Access {}

    /** It is not of the mesh, and may be reached there: it is reached as it is. */
    public record Passthrough() implements Access {}

    /** It is not of the mesh, and by its port hosts may be reached: what is said on the connection tells which. */
    public record ByName() implements Access {}

    /**
     * Calls go to one of these.
     *
     * @param backends ready pods, sorted; empty when none is ready
     * @param identities whose certificate is accepted from a meshed backend, sorted; empty means nobody. Weights make no
     *     difference to it, so that they can change without the cluster that it is a part of
     * @param limits what the caller's proxy allows itself
     */
    public record Allowed(List<Backend> backends, List<SpiffeId> identities, ConnectionLimits limits)
            implements Access {
        public Allowed {
            backends = backends.stream().sorted().toList();
            identities = identities.stream().sorted().distinct().toList();
        }

        /** Without limits. */
        public Allowed(List<Backend> backends, List<SpiffeId> identities) {
            this(backends, identities, ConnectionLimits.NONE);
        }
    }

    /**
     * One pod behind a destination.
     *
     * @param address IPv4 address
     * @param port target port
     * @param meshed whether it is called with mTLS
     * @param weight its part of the calls, measured against the sum of all weights; 0 for none
     */
    public record Backend(String address, int port, boolean meshed, int weight) implements Comparable<Backend> {
        private static final Comparator<Backend> ORDER =
                comparing(Backend::address).thenComparingInt(Backend::port);

        @Override
        public int compareTo(Backend other) {
            return ORDER.compare(this, other);
        }
    }
}
