package io.osmj.xds.serve;

import io.osmj.core.identity.ProxyIdentity;
import java.util.HashMap;
import java.util.Map;

/** How proxies behave, of those that have a stream or had one within the last minute. Safe for many threads. */
final class Conducts {
    private final StreamLimits limits;
    private final Map<ProxyIdentity, Seen> proxies = new HashMap<>();
    private long lookedAt;

    private static final class Seen {
        private final Conduct conduct;
        private int streams;
        private long closed;

        Seen(StreamLimits limits) {
            conduct = new Conduct(limits);
        }

        boolean isOld(long now) {
            return streams == 0 && now - closed >= PerMinute.MINUTE;
        }
    }

    Conducts(StreamLimits limits) {
        this.limits = limits;
    }

    /** A stream opens. */
    synchronized Conduct opened(ProxyIdentity proxy, long now) {
        if (now - lookedAt >= PerMinute.MINUTE) {
            lookedAt = now;
            proxies.values().removeIf(seen -> seen.isOld(now));
        }
        Seen seen = proxies.computeIfAbsent(proxy, _ -> new Seen(limits));
        seen.streams++;
        return seen.conduct;
    }

    /** It ended. */
    synchronized void closed(ProxyIdentity proxy, long now) {
        proxies.computeIfPresent(proxy, (_, seen) -> {
            seen.streams--;
            seen.closed = now;
            return seen;
        });
    }

    /** How many are known. */
    synchronized int size() {
        return proxies.size();
    }
}
