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
    private static final Duration ROUND = Duration.ofSeconds(10);

    /** With a pause of ten seconds: the shortest validity is a minute, and half of that is left when it is due. */
    public TrustOptions(String namespace, String secretName) {
        this(namespace, secretName, ROUND);
    }
}
