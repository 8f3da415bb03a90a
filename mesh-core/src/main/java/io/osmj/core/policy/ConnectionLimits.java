package io.osmj.core.policy;

import java.time.Duration;

/**
 * What a caller's proxy allows itself towards a service, all calls of the proxy together.
 *
 * @param maxConnections how many connections are open at once
 * @param connectTimeout how long a connection may take to come about
 * @param maxRequests how many requests are under way at once
 * @param maxRequestsPerConnection after how many requests a connection is replaced
 * @param maxPendingRequests how many requests wait for a connection
 * @param maxRetries how many requests are tried again at once
 */
public record ConnectionLimits(
        long maxConnections,
        Duration connectTimeout,
        long maxRequests,
        long maxRequestsPerConnection,
        long maxPendingRequests,
        long maxRetries) {
    /** What is not limited; no number is higher. */
    public static final long UNLIMITED = 0xFFFF_FFFFL;

    /** How it is where nobody says anything. */
    public static final ConnectionLimits NONE =
            new ConnectionLimits(UNLIMITED, Duration.ofSeconds(5), UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED);
}
