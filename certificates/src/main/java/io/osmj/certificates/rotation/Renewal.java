package io.osmj.certificates.rotation;

import io.osmj.certificates.IssuedCertificate;
import java.time.Duration;
import java.time.Instant;

/**
 * When a certificate is to be replaced: with a third of its life left, or five minutes if that is more, but never before half
 * of it has passed.
 */
final class Renewal {
    private static final Duration LEAST_LEFT = Duration.ofMinutes(5);

    /** The part of the margin by which certificates of one moment are spread. */
    private static final double SPREAD = 0.2;

    private Renewal() {}

    /**
     * Whether the time has come.
     *
     * @param end of the certificate, or sooner
     * @param wanted the validity that is configured now; a shorter one than the certificate was issued with ends it sooner
     * @param spread from 0 to 1, drawn once for each certificate
     */
    static boolean due(IssuedCertificate certificate, Instant end, Duration wanted, double spread, Instant now) {
        if (now.isBefore(certificate.notBefore())) {
            // The clock went back. Peers whose clock never ran ahead do not accept this certificate yet.
            return true;
        }
        // What it really got, not what was asked for: near its end the root grants less, and asking again would not
        // help.
        Duration granted = Duration.between(certificate.issuedAt(), certificate.notAfter());
        Duration life = shorter(granted, wanted);
        Duration margin = longer(life.dividedBy(3), shorter(LEAST_LEFT, life.dividedBy(2)));
        Duration early = Duration.ofMillis((long) (margin.toMillis() * SPREAD * spread));
        Instant usual = certificate.issuedAt().plus(life);
        Instant last = end.isBefore(usual) ? end : usual;
        return !now.isBefore(last.minus(margin).minus(early));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
