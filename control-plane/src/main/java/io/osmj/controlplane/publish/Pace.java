package io.osmj.controlplane.publish;

import java.time.Duration;

/**
 * How fast the publisher goes.
 *
 * @param quiet how long nothing must change before it is published what follows another publication closely
 * @param most how long a change waits at most while others follow
 * @param gap the shortest time between two publications
 * @param rowGap the same once changes have followed each other for as long as {@code most}, as in a rollout: a proxy that calls
 *     several services that are rolled out is told of them together
 * @param patience how long a connected proxy is kept whose pod was not seen yet. Less than the transport itself waits, so
 *     that the proxy is told why
 * @param retry how soon what failed is tried again
 */
public record Pace(Duration quiet, Duration most, Duration gap, Duration rowGap, Duration patience, Duration retry) {
    /** A lone change goes out at once. There are never more than ten publications a second, and in a long row no more than four. */
    public static final Pace DEFAULT = new Pace(
            Duration.ofMillis(20),
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofSeconds(8),
            Duration.ofSeconds(1));
}
