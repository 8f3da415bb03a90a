package io.osmj.core.plan;

import static java.util.Comparator.comparingInt;

import io.osmj.core.policy.Ingress;
import io.osmj.core.policy.RateLimits;
import java.util.Comparator;
import java.util.List;

/**
 * A port of the pod that peers may reach through its sidecar.
 *
 * @param port the target port, 1 to 65535
 * @param http whether requests are seen one by one
 * @param address where the application is reached, a loopback address or the pod's own
 * @param label for statistics and logs
 * @param authorization which workloads of the mesh may use it
 * @param ingress who may use it from outside the mesh, sorted; nobody may use a port that is not HTTP
 * @param rates how much it takes of all of them together
 */
public record InboundPort(
        int port,
        boolean http,
        String address,
        String label,
        Authorization authorization,
        List<Ingress> ingress,
        RateLimits rates)
        implements Comparable<InboundPort> {
    private static final Comparator<InboundPort> ORDER = comparingInt(InboundPort::port);

    public InboundPort {
        ingress = ingress.stream().sorted().distinct().toList();
    }

    /** A port that takes as much as comes. */
    public InboundPort(
            int port, boolean http, String address, String label, Authorization authorization, List<Ingress> ingress) {
        this(port, http, address, label, authorization, ingress, RateLimits.NONE);
    }

    /** A port that the mesh alone may use. */
    public InboundPort(int port, boolean http, String address, String label, Authorization authorization) {
        this(port, http, address, label, authorization, List.of());
    }

    @Override
    public int compareTo(InboundPort other) {
        return ORDER.compare(this, other);
    }
}
