package io.osmj.injector.probe;

import java.time.Duration;

/** What a probe asks of its container. */
public sealed interface ProbeTarget {
    /** Port of the container, 1 to 65535. */
    int port();

    /** How long one answer may take. */
    Duration timeout();

    /**
     * An HTTP GET.
     *
     * @param path with its query, in the form in which it goes over the wire
     * @param tls whether it is HTTPS; no certificate is checked, as the kubelet checks none
     * @param host value of the probe's own Host header; empty when it has none
     */
    record Http(int port, Duration timeout, String path, boolean tls, String host) implements ProbeTarget {}

    /** A connection that is accepted. */
    record Tcp(int port, Duration timeout) implements ProbeTarget {}

    /**
     * The gRPC health protocol.
     *
     * @param service what is asked for, often empty
     */
    record Grpc(int port, Duration timeout, String service) implements ProbeTarget {}
}
