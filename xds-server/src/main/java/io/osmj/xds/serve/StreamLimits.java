package io.osmj.xds.serve;

import java.time.Duration;

/**
 * The bounds of one stream.
 *
 * @param firstResources how long a stream waits for the first word from the source before it ends with UNAVAILABLE
 * @param acknowledgement how long later steps of a change wait for the acknowledgement of earlier ones. Envoy holds a
 *     cluster's acknowledgement back until the cluster is warm; one that never gets warm must not hold back policy for ever
 * @param maxResponseBytes the size above which a response is cut into several, if it holds more than one resource. gRPC
 *     clients refuse messages of more than 4 MiB unless told otherwise
 * @param maxNames how many names of one type a stream may subscribe to; what is beyond is answered as missing
 * @param nacksPerMinute how many refused responses in any one minute are followed by another attempt
 */
public record StreamLimits(
        Duration firstResources, Duration acknowledgement, int maxResponseBytes, int maxNames, int nacksPerMinute) {

    /** What is right for sidecars: 10 s, 5 s, 3 MiB, 20,000 names, 9 refusals. */
    public static final StreamLimits DEFAULT =
            new StreamLimits(Duration.ofSeconds(10), Duration.ofSeconds(5), 3 << 20, 20_000, 9);
}
