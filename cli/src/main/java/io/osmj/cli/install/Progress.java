package io.osmj.cli.install;

import io.osmj.cli.session.Session;
import java.time.Duration;
import java.time.Instant;

/** Tells on the error stream how far a long command has come, one line a step. */
final class Progress {
    private final Session session;
    private Instant since = Instant.now();

    Progress(Session session) {
        this.session = session;
    }

    /** A step is done. */
    void done(String step) {
        var seconds = Duration.between(since, Instant.now()).toMillis() / 1000.0;
        session.err().printf("%s %s (%.1f s)%n", session.paint().good("✓"), step, seconds);
        session.err().flush();
        since = Instant.now();
    }

    /** What is still waited for. */
    void waiting(String what) {
        session.err().printf("… %s%n", what);
        session.err().flush();
    }
}
