package io.osmj.core.service;

import static java.util.Comparator.comparing;

import io.osmj.core.identity.ServiceAccount;
import java.util.Comparator;

/**
 * One pod that answers for a service port.
 *
 * @param address its IPv4 address
 * @param port the target port, 1 to 65535
 * @param account the pod's service account
 * @param meshed whether a sidecar stands in front of it; without one it is called in plain text, and only where that is
 *     allowed
 */
public record Endpoint(String address, int port, ServiceAccount account, boolean meshed)
        implements Comparable<Endpoint> {
    private static final Comparator<Endpoint> ORDER =
            comparing(Endpoint::address).thenComparingInt(Endpoint::port);

    @Override
    public int compareTo(Endpoint other) {
        return ORDER.compare(this, other);
    }
}
