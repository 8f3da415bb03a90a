package io.osmj.certificates;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A certificate with its private key.
 *
 * @param chain the certificate first, then those between it and the root; the root is not part of it
 * @param privateKey the key of the first certificate
 * @param issuedAt by the clock of the control plane; the certificate itself is valid from some minutes before
 */
public record IssuedCertificate(List<X509Certificate> chain, PrivateKeyPem privateKey, Instant issuedAt) {
    public IssuedCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("an issued certificate has a chain of at least one certificate");
        }
    }

    /** The certificate itself. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** The whole chain as PEM, in the order TLS sends it. */
    public String chainPem() {
        return Pem.write(chain);
    }

    /** Before this moment nobody accepts it. */
    public Instant notBefore() {
        return certificate().getNotBefore().toInstant();
    }

    /** After this moment nobody accepts it. */
    public Instant notAfter() {
        return certificate().getNotAfter().toInstant();
    }

    /** Names the certificate by its serial number; the key stays out of it. */
    @Override
    public String toString() {
        return "certificate " + certificate().getSerialNumber().toString(16) + " valid until " + notAfter();
    }
}
