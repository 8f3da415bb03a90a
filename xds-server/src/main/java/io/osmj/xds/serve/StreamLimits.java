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
 * @param maxNames how many names of one type a stream may subscribe to; clusters and listeners that are not there make room for others,
 *     and what is beyond is answered as missing
 * @param nacksPerMinute how many refused responses in any one minute are followed by another attempt. What a client
 *     has not refused before is sent up to twice as often if it accepts something too
 * @param demand how much of what it asks for by name is passed on to the source
 */
public record StreamLimits(
        Duration firstResources,
        Duration acknowledgement,
        int maxResponseBytes,
        int maxNames,
        int nacksPerMinute,
        Demand demand) {

    /** What is right for sidecars: 60 s, 5 s, 3 MiB, 20,000 names, 9 refusals. */
    public static final StreamLimits DEFAULT =
            new StreamLimits(Duration.ofSeconds(60), Duration.ofSeconds(5), 3 << 20, 20_000, 9, Demand.DEFAULT);

    /**
     * The bounds of what the source is asked for, so that a port scan inside a pod does not cost the mesh. What is above
     * the rate is answered as missing at once, asked for later at that rate, the newest first, and sent if it is found; what
     * is above the number waits until others turn out not to exist. The names of a stream's first request for a type are
     * free of the rate: a client that comes back lists all it ever asked for, and what it dials meanwhile must not wait.
     *
     * @param burst how many names at once
     * @param perSecond how many names a second from then on
     * @param names how many different ones, of all types, that exist or are not answered yet. What a client has from an earlier stream
     *     is looked up beyond that, too. Four times as many in all, of which those that do not exist make room for others, and those that
     *     the client has given up
     */
    public record Demand(int burst, int perSecond, int names) {
        /** 200 at once, 50 a second, 5,000 in all. */
        public static final Demand DEFAULT = new Demand(200, 50, 5_000);
    }
}
