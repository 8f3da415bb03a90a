package io.osmj.xds.serve;

/**
 * Answers on one stream of which it is not known yet whether they are refused, like all of their type before. They count for all
 * streams of the proxy, so that one that opens many at once is not sent on each what it refuses. Guarded by {@link Trials}.
 */
final class Trial {
    final Runnable wake;
    int answers;
    long since;

    /** @param wake called, from any thread, when more may be sent than when it was asked last. Returns at once */
    Trial(Runnable wake) {
        this.wake = wake;
    }
}
