package io.osmj.certificates.rotation;

import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.KeyPairs;
import io.osmj.certificates.TrustBundle;
import io.osmj.core.identity.SpiffeId;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Judges a workload's certificate that lies somewhere outside this process, where others may have changed it. */
public final class KeptCertificate {
    private static final int URI_NAME = 6;

    private KeptCertificate() {}

    /**
     * Whether it may stay as it is: it speaks for that workload, has a key that belongs to it, is signed by the root that signs now, and
     * need not be renewed yet.
     *
     * @param wanted the validity that is configured now
     */
    public static boolean serves(
            IssuedCertificate kept, SpiffeId workload, TrustBundle roots, Duration wanted, Instant now) {
        return speaksFor(kept.certificate(), workload)
                && hasItsKey(kept)
                && signedBy(kept.certificate(), roots.roots().getFirst())
                && !Renewal.due(kept, kept.notAfter(), wanted, 0, now);
    }

    private static boolean speaksFor(X509Certificate certificate, SpiffeId workload) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names != null
                    && names.stream()
                            .filter(name -> name.getFirst().equals(URI_NAME))
                            .map(name -> String.valueOf(name.getLast()))
                            .toList()
                            .equals(List.of(workload.uri()));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean hasItsKey(IssuedCertificate kept) {
        PublicKey publicKey = kept.certificate().getPublicKey();
        try {
            return KeyPairs.belong(kept.privateKey().key(publicKey.getAlgorithm()), publicKey);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean signedBy(X509Certificate certificate, X509Certificate root) {
        try {
            certificate.verify(root.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
