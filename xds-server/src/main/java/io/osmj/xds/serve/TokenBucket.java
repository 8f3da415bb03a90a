package io.osmj.xds.serve;

import java.time.Duration;

/** So many at once, and so many a second from then on. The caller brings the time, in nanoseconds of one monotonic clock. */
final class TokenBucket {
    private final int burst;
    private final long each;
    private long tokens;
    private long filled;

    /**
     * A bucket that is full.
     *
     * @param burst how many tokens it holds
     * @param perSecond how many come in
     */
    TokenBucket(int burst, int perSecond) {
        this.burst = burst;
        this.each = Duration.ofSeconds(1).toNanos() / perSecond;
        this.tokens = burst;
    }

    /** Takes a token, if there is one. */
    boolean take(long now) {
        return takeAbove(0, now);
    }

    /** Takes a token, if more than these are there: they are for others. */
    boolean takeAbove(int reserve, long now) {
        fill(now);
        if (tokens <= reserve) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Nanoseconds until there is a token above these; 0 if there is one. */
    long delayAbove(int reserve, long now) {
        fill(now);
        return tokens > reserve ? 0 : (reserve - tokens + 1) * each - (now - filled);
    }

    private void fill(long now) {
        if (tokens == burst) {
            filled = now;
            return;
        }
        long come = Math.max(0, (now - filled) / each);
        filled += come * each;
        tokens = Math.min(burst, tokens + come);
    }
}
