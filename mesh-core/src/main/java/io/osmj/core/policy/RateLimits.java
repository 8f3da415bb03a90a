package io.osmj.core.policy;

import java.util.List;

/**
 * How much a port of a pod takes, from whomever it comes. Each pod's proxy counts for itself.
 *
 * @param connections how many new connections
 * @param requests how many requests on an HTTP port: a request counts for the first of these that is for its path
 */
public record RateLimits(Rate connections, List<RequestLimit> requests) {
    /** As much as comes. */
    public static final RateLimits NONE = new RateLimits(Rate.UNLIMITED, List.of());

    public RateLimits {
        requests = List.copyOf(requests);
    }
}
