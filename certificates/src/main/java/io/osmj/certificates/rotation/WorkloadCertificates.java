package io.osmj.certificates.rotation;

import io.osmj.certificates.CertificateIssuer;
import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.IssuingException;
import io.osmj.core.identity.SpiffeId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One certificate for each workload identity in use, kept fresh. Safe for use by many threads. Replicas of the control plane
 * each hold certificates of their own, which is fine: trust hangs on the root and never on a leaf.
 */
public final class WorkloadCertificates {
    private final CertificateIssuer issuer;
    private final Supplier<Duration> validity;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final RotationListener listener;
    private final Map<SpiffeId, Held> held = new ConcurrentHashMap<>();

    /** @param end of this certificate, or of one of the identity from before that a workload still uses */
    private record Held(IssuedCertificate certificate, Instant end, double spread) {}

    /**
     * Holds no certificate yet.
     *
     * @param validity how long new certificates are valid, asked each time
     * @param random spreads renewals, so that those issued together are not renewed together
     */
    public WorkloadCertificates(
            CertificateIssuer issuer,
            Supplier<Duration> validity,
            InstantSource clock,
            RandomGenerator random,
            RotationListener listener) {
        this.issuer = issuer;
        this.validity = validity;
        this.clock = clock;
        this.random = random;
        this.listener = listener;
    }

    /**
     * The certificate of a workload, issued if there is none yet.
     *
     * @throws IssuingException when there is none and none can be issued
     */
    public IssuedCertificate get(SpiffeId id) {
        return held.computeIfAbsent(id, this::issue).certificate();
    }

    /** A workload uses a certificate from before, which ends then, and is to have the next one in time. */
    public void kept(SpiffeId id, Instant end) {
        held.computeIfPresent(
                id, (_, now) -> end.isBefore(now.end()) ? new Held(now.certificate(), end, now.spread()) : now);
    }

    /** Forgets the certificates, and with them the keys, of all but these. */
    public void retainOnly(Set<SpiffeId> inUse) {
        held.keySet().retainAll(inUse);
    }

    /** How many are held. */
    public int size() {
        return held.size();
    }

    /** Replaces those whose time has come. The listener hears of each. */
    public void renewDue() {
        Instant now = clock.instant();
        Duration wanted = validity.get();
        held.forEach((id, old) -> {
            if (Renewal.due(old.certificate(), old.end(), wanted, old.spread(), now)) {
                renew(id, old);
            }
        });
    }

    private void renew(SpiffeId id, Held old) {
        try {
            Held fresh = issue(id);
            if (held.replace(id, old, fresh)) {
                listener.renewed(id, fresh.certificate());
            }
        } catch (IssuingException e) {
            listener.failed(id, old.certificate(), e);
        }
    }

    private Held issue(SpiffeId id) {
        IssuedCertificate issued = issuer.workload(id, validity.get());
        return new Held(issued, issued.notAfter(), random.nextDouble());
    }
}
