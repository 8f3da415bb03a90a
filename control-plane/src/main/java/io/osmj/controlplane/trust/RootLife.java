package io.osmj.controlplane.trust;

import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says in good time that the root comes to its end: from a fifth of its life before, once a day. */
final class RootLife {
    private static final Duration AGAIN = Duration.ofDays(1);

    private final RootSecret secret;
    private final Instant alarmFrom;
    private final Instant end;
    private final InstantSource clock;
    private final Consumer<Problem> alarm;
    private @Nullable Instant said;

    RootLife(RootSecret secret, RootCertificate root, InstantSource clock, Consumer<Problem> alarm) {
        Instant begin = root.certificate().getNotBefore().toInstant();
        this.secret = secret;
        this.end = root.certificate().getNotAfter().toInstant();
        this.alarmFrom = end.minus(Duration.between(begin, end).dividedBy(5));
        this.clock = clock;
        this.alarm = alarm;
    }

    void look() {
        Instant now = clock.instant();
        if (now.isBefore(alarmFrom) || saidLately(now)) {
            return;
        }
        said = now;
        alarm.accept(
                secret.problem(
                        ProblemCode.M6003,
                        "data[" + RootSecret.CERTIFICATE + "]",
                        "The root of trust ends at " + end + "; from then on no proxy accepts another.",
                        "Plan a new root by the steps of docs/root-of-trust.md: without an outage, each pod is replaced once."));
    }

    private boolean saidLately(Instant now) {
        return said != null && Duration.between(said, now).abs().compareTo(AGAIN) < 0;
    }
}
