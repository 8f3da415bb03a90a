package io.osmj.certificates;

import static java.util.stream.Collectors.toSet;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.time.Instant;
import java.util.Date;

/** The JDK's own path validation (RFC 5280, section 6), as a second opinion. */
public final class Judge {
    private Judge() {}

    /** Throws unless the certificate leads to one of the roots at that moment. */
    public static void accept(IssuedCertificate issued, TrustBundle bundle, Instant at)
            throws GeneralSecurityException {
        CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(issued.chain());
        PKIXParameters parameters = new PKIXParameters(
                bundle.roots().stream().map(root -> new TrustAnchor(root, null)).collect(toSet()));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }
}
