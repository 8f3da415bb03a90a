package io.osmj.core.state;

import static java.util.Comparator.comparing;

import java.util.Comparator;

/**
 * One ready address for one port of a service, as an EndpointSlice says.
 *
 * @param namespace the service's namespace
 * @param service the service's name
 * @param portName which port of the service; empty where it has one only
 * @param address IPv4 address
 * @param port target port, 1 to 65535
 * @param pod the pod that answers, in the same namespace; empty when the slice does not say
 */
public record EndpointState(String namespace, String service, String portName, String address, int port, String pod)
        implements Comparable<EndpointState> {
    private static final Comparator<EndpointState> ORDER = comparing(EndpointState::namespace)
            .thenComparing(EndpointState::service)
            .thenComparing(EndpointState::portName)
            .thenComparing(EndpointState::address)
            .thenComparingInt(EndpointState::port)
            .thenComparing(EndpointState::pod);

    @Override
    public int compareTo(EndpointState other) {
        return ORDER.compare(this, other);
    }
}
