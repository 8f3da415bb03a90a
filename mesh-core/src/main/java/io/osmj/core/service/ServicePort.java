package io.osmj.core.service;

import static java.util.Comparator.comparing;

import java.util.Comparator;

/**
 * A port of a service as who calls by name knows it.
 *
 * @param namespace the service's namespace
 * @param service the service's name
 * @param port 1 to 65535
 */
public record ServicePort(String namespace, String service, int port) implements Comparable<ServicePort> {
    private static final Comparator<ServicePort> ORDER = comparing(ServicePort::namespace)
            .thenComparing(ServicePort::service)
            .thenComparingInt(ServicePort::port);

    @Override
    public int compareTo(ServicePort other) {
        return ORDER.compare(this, other);
    }
}
