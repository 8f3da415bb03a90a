package io.osmj.xds.serve;

import java.time.Duration;
import java.util.Optional;

/**
 * What one proxy costs on all its streams together: names that are remembered for it, and names that it had looked at of late.
 * Used by one thread at a time.
 */
final class Load {
    /** Two streams, as while an Envoy restarts, of a pod that has called twenty thousand addresses. */
    static final int MOST_NAMES = 50_000;

    static final int MOST_CHARACTERS = 4_000_000;

    /** Five seconds' work at once. */
    private static final long BURST = 100_000;

    private static final long PER_SECOND = 20_000;
    private static final long EACH = Duration.ofSeconds(1).toNanos() / PER_SECOND;

    private int names;
    private int characters;
    private long done;
    private long since;

    /** So many more names are remembered, or fewer. */
    void remember(int more, int moreCharacters) {
        names += more;
        characters += moreCharacters;
    }

    /** What is too much; empty if nothing is. */
    Optional<String> excess() {
        if (names > MOST_NAMES) {
            return Optional.of("the streams of this pod ask for more than " + MOST_NAMES + " names altogether");
        }
        return characters > MOST_CHARACTERS
                ? Optional.of("the names that the streams of this pod ask for have more than " + MOST_CHARACTERS
                        + " characters altogether")
                : Optional.empty();
    }

    /** So many names were looked at. */
    void worked(long more, long now) {
        pass(now);
        done += more;
    }

    /** Nanoseconds until the proxy is heard again; 0 if it is heard now. */
    long delay(long now) {
        pass(now);
        return Math.max(0, done - BURST) * EACH;
    }

    private void pass(long now) {
        if (done == 0) {
            since = now;
            return;
        }
        long passed = Math.max(0, (now - since) / EACH);
        since += passed * EACH;
        done = Math.max(0, done - passed);
    }
}
