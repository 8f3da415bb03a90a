package io.osmj.certificates.builtin;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * From when to when a certificate is valid, in whole seconds as certificates have it.
 *
 * @param notBefore first moment
 * @param notAfter last moment
 */
record Validity(Instant notBefore, Instant notAfter) {
    /** Clocks of nodes differ; this is how far one may lag behind ours before it refuses a new certificate. */
    static final Duration BACK_DATED = Duration.ofMinutes(10);

    Validity {
        notBefore = notBefore.truncatedTo(ChronoUnit.SECONDS);
        notAfter = notAfter.truncatedTo(ChronoUnit.SECONDS);
    }

    static Validity from(Instant now, Duration duration) {
        return new Validity(now.minus(BACK_DATED), now.plus(duration));
    }

    Validity endingWith(Instant end) {
        return notAfter.isAfter(end) ? new Validity(notBefore, end) : this;
    }
}
