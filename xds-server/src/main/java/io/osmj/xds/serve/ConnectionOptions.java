package io.osmj.xds.serve;

import java.time.Duration;

/**
 * The bounds of a connection.
 *
 * @param age after how long a connection is asked to go (GOAWAY), give or take a tenth, so that proxies spread over replicas
 * @param grace how long the streams of such a connection may still run
 * @param keepAlive after how much silence the peer's host is asked whether it is still there
 * @param keepAliveTimeout how long the answer may take
 * @param clientKeepAlive the shortest interval at which clients may ask the same
 * @param shutdown how long closing the server takes at most
 * @param maxStreams concurrent streams of one connection; a proxy has one, and a second while it restarts
 * @param maxRequestBytes the largest request; a proxy that comes back sends name and version of all it holds
 */
public record ConnectionOptions(
        Duration age,
        Duration grace,
        Duration keepAlive,
        Duration keepAliveTimeout,
        Duration clientKeepAlive,
        Duration shutdown,
        int maxStreams,
        int maxRequestBytes) {

    /**
     * A host that is gone is found within 30 s; a connection lives half an hour; a request has at most 4 MiB. Sidecars ask after
     * a minute of silence whether we are there ({@code ControlPlaneConnection}); kernels ask each other more often, and wake nobody.
     */
    public static final ConnectionOptions DEFAULT = new ConnectionOptions(
            Duration.ofMinutes(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(7),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            16,
            4 << 20);
}
