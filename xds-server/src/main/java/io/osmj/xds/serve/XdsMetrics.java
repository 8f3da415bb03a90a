package io.osmj.xds.serve;

import java.util.concurrent.atomic.LongAdder;

/** Counters of the transport since its start. */
public final class XdsMetrics {
    final LongAdder opened = new LongAdder();
    final LongAdder closed = new LongAdder();
    final LongAdder turnedAway = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder responses = new LongAdder();
    final LongAdder resources = new LongAdder();
    final LongAdder removals = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder nacks = new LongAdder();

    XdsMetrics() {}

    /**
     * The counters at one moment.
     *
     * @param streams open now: about the number of connected proxies
     * @param opened streams ever opened by an authenticated proxy
     * @param turnedAway streams refused because of who opened them
     * @param requests received, acknowledgements included
     * @param responses sent
     * @param resources sent in them
     * @param removals names told to be gone or missing
     * @param bytes of the responses, before compression and TLS
     * @param nacks responses refused by proxies
     */
    public record Counts(
            long streams,
            long opened,
            long turnedAway,
            long requests,
            long responses,
            long resources,
            long removals,
            long bytes,
            long nacks) {}

    /** Reads all counters; each is exact, but they are not read at the same instant. */
    public Counts counts() {
        long closedSoFar = closed.sum();
        long openedSoFar = opened.sum();
        return new Counts(
                openedSoFar - closedSoFar,
                openedSoFar,
                turnedAway.sum(),
                requests.sum(),
                responses.sum(),
                resources.sum(),
                removals.sum(),
                bytes.sum(),
                nacks.sum());
    }
}
