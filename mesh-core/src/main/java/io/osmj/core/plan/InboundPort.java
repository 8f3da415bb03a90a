package io.osmj.core.plan;

import static java.util.Comparator.comparingInt;

import java.util.Comparator;

/**
 * A port of the pod that peers may reach through its sidecar.
 *
 * @param port the target port, 1 to 65535
 * @param http whether requests are seen one by one
 * @param address where the application is reached, a loopback address or the pod's own
 * @param label for statistics and logs
 * @param authorization who may use it
 */
public record InboundPort(int port, boolean http, String address, String label, Authorization authorization)
        implements Comparable<InboundPort> {
    private static final Comparator<InboundPort> ORDER = comparingInt(InboundPort::port);

    @Override
    public int compareTo(InboundPort other) {
        return ORDER.compare(this, other);
    }
}
