package io.osmj.controlplane.publish;

import java.time.Duration;

/**
 * When to act on changes: at once on a lone one, once for a storm, never later than a bound. All times are nanoseconds of one
 * clock that starts at zero and never goes back.
 */
final class Debounce {
    /** The time that does not come. */
    static final long NEVER = Long.MAX_VALUE;

    private final long quiet;
    private final long most;
    private final long gap;
    private final long rowGap;
    private boolean pending;
    private long row;
    private long first;
    private long last;
    private long earliest;
    private boolean lone;

    /**
     * A debounce with nothing to act on.
     *
     * @param quiet how long nothing must change before it is acted on changes that follow others
     * @param most how long the first of a row of changes waits at most
     * @param gap the shortest time from one action to the next
     * @param rowGap the same in a row that has lasted for {@code most}
     */
    Debounce(Duration quiet, Duration most, Duration gap, Duration rowGap) {
        this.quiet = quiet.toNanos();
        this.most = most.toNanos();
        this.gap = gap.toNanos();
        this.rowGap = rowGap.toNanos();
    }

    /** Something changed. */
    void changed(long now) {
        if (!pending) {
            first = now;
            lone = now >= earliest;
            row = lone ? now : row;
        }
        last = now;
        pending = true;
    }

    /** When to act; {@link #NEVER} if nothing changed. */
    long due() {
        if (!pending) {
            return NEVER;
        }
        return lone ? first : Math.max(earliest, Math.min(last + quiet, first + most));
    }

    /** Whether to act now; then the changes up to now are dealt with. */
    boolean take(long now) {
        if (now < due()) {
            return false;
        }
        pending = false;
        earliest = now + (now - row < most ? gap : rowGap);
        return true;
    }
}
