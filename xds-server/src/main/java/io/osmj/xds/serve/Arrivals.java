package io.osmj.xds.serve;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many streams may open: so many at once and so many a second from then on, of all peers and of each. A restart brings back
 * every proxy at once, and they are to be served; whoever comes again and again is sent away before its token costs anything.
 * Safe for many threads.
 */
final class Arrivals {
    private static final int BURST = 20_000;
    private static final int PER_SECOND = 2_000;

    /** Many pods may come from one address, where a node hides theirs. */
    private static final int BURST_OF_PEER = 6_000;

    private static final int PER_SECOND_OF_PEER = 200;
    private static final int MOST_PEERS = 10_000;

    /** Of each peer, so that a stranger does not fill the log. */
    private static final int MOST_LINES_PER_MINUTE = 20;

    private final TokenBucket all = new TokenBucket(BURST, PER_SECOND);

    /** The one that came longest ago first; it is the first to be forgotten. */
    private final Map<Object, Peer> peers = new LinkedHashMap<>(16, 0.75F, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Peer> eldest) {
            return size() > MOST_PEERS;
        }
    };

    private record Peer(TokenBucket streams, PerMinute lines) {}

    /** Whether a stream of this peer may open now. */
    synchronized boolean mayOpen(Object peer, long now) {
        return known(peer).streams().take(now) && all.take(now);
    }

    /** Whether there may be a line in the log about this peer now. */
    synchronized boolean mayLog(Object peer, long now) {
        return known(peer).lines().mayHappen(now);
    }

    private Peer known(Object peer) {
        return peers.computeIfAbsent(
                peer,
                _ -> new Peer(
                        new TokenBucket(BURST_OF_PEER, PER_SECOND_OF_PEER), new PerMinute(MOST_LINES_PER_MINUTE)));
    }
}
