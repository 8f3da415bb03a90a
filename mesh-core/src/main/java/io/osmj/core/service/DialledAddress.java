package io.osmj.core.service;

import static java.util.Comparator.comparing;

import java.util.Comparator;

/**
 * What an application dials: the address of a service or of a pod, and a port.
 *
 * @param address IPv4 address
 * @param port 1 to 65535
 */
public record DialledAddress(String address, int port) implements Comparable<DialledAddress> {
    private static final Comparator<DialledAddress> ORDER =
            comparing(DialledAddress::address).thenComparingInt(DialledAddress::port);

    @Override
    public int compareTo(DialledAddress other) {
        return ORDER.compare(this, other);
    }

    /** {@code address:port}. */
    @Override
    public String toString() {
        return address + ":" + port;
    }
}
