package io.osmj.certificates.builtin;

import io.osmj.certificates.KeyPairs;
import io.osmj.certificates.Pem;
import io.osmj.certificates.PrivateKeyPem;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Reads a root and refuses every one that proxies would refuse later, when it is harder to see why. */
final class RootReader {
    private static final int KEY_CERT_SIGN = 5;
    private static final Set<String> KEYS = Set.of("EC", "RSA");

    private final Instant now;

    RootReader(Instant now) {
        this.now = now;
    }

    RootCertificate read(String text, PrivateKeyPem pem) throws UnusableRootException {
        List<X509Certificate> certificates = certificates(text);
        for (X509Certificate certificate : certificates) {
            judge(certificate);
        }
        for (X509Certificate certificate : certificates) {
            PublicKey publicKey = certificate.getPublicKey();
            if (!KEYS.contains(publicKey.getAlgorithm())) {
                continue;
            }
            PrivateKey key = key(pem, publicKey.getAlgorithm());
            if (KeyPairs.belong(key, publicKey)) {
                List<X509Certificate> others = certificates.stream()
                        .filter(other -> !other.equals(certificate))
                        .toList();
                return new RootCertificate(certificate, key, others);
            }
        }
        throw new UnusableRootException("The private key belongs to none of the certificates.");
    }

    private static List<X509Certificate> certificates(String text) throws UnusableRootException {
        try {
            List<X509Certificate> certificates = Pem.certificates(text);
            if (certificates.isEmpty()) {
                throw new UnusableRootException("There is no certificate in PEM form.");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new UnusableRootException("The certificate is damaged and cannot be read.", e);
        }
    }

    private void judge(X509Certificate certificate) throws UnusableRootException {
        if (certificate.getBasicConstraints() < 0) {
            throw new UnusableRootException(
                    "The certificate is not one of a certificate authority (CA:TRUE is missing).");
        }
        boolean[] usage = certificate.getKeyUsage();
        if (usage != null && !usage[KEY_CERT_SIGN]) {
            throw new UnusableRootException("The certificate may not sign others (key usage keyCertSign is missing).");
        }
        if (!selfSigned(certificate)) {
            throw new UnusableRootException(
                    "The certificate is not self-signed, so proxies cannot use it as their root.");
        }
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            throw new UnusableRootException(
                    "The certificate expired at " + certificate.getNotAfter().toInstant() + ".");
        }
    }

    private static boolean selfSigned(X509Certificate certificate) {
        try {
            certificate.verify(certificate.getPublicKey());
            return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static PrivateKey key(PrivateKeyPem pem, String algorithm) throws UnusableRootException {
        try {
            return pem.key(algorithm);
        } catch (GeneralSecurityException e) {
            throw new UnusableRootException(
                    "The private key cannot be read: it has to be PKCS#8 in PEM form, unencrypted, of the kind "
                            + algorithm + " that its certificate has.",
                    e);
        }
    }
}
