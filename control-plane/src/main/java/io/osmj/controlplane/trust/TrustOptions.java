package io.osmj.controlplane.trust;

import java.time.Duration;

/**
 * Where the root is and how often it is looked after.
 *
 * @param namespace of the control plane
 * @param secretName the Secret with the root, {@code osm-ca-bundle} unless the installation says otherwise
 * @param round pause between two looks at what is due
 */
public record TrustOptions(String namespace, String secretName, Duration round) {
    private static final Duration ROUND = Duration.ofSeconds(5);

    /** With OSM's pause of five seconds. */
    public TrustOptions(String namespace, String secretName) {
        this(namespace, secretName, ROUND);
    }
}
