package io.osmj.certificates.builtin;

import io.osmj.certificates.Pem;
import io.osmj.certificates.PrivateKeyPem;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * The root of the mesh with the key that signs.
 *
 * @param certificate the one that signs
 * @param key its private key
 * @param alsoTrusted other roots that are trusted beside it
 */
public record RootCertificate(X509Certificate certificate, PrivateKey key, List<X509Certificate> alsoTrusted) {
    /** How long a new root is valid: ten years of 365 days, as in OSM. */
    public static final Duration VALIDITY = Duration.ofDays(3650);

    /** As in OSM, so that whoever looks a chain up in a mesh that moved here sees the name he knows. */
    private static final X500Name NAME = new X500Name("C=US,L=CA,O=Open Service Mesh,CN=osm-ca.openservicemesh.io");

    public RootCertificate {
        alsoTrusted = List.copyOf(alsoTrusted);
    }

    /** Makes a new root with a P-256 key. */
    public static RootCertificate create(Instant now, SecureRandom random) {
        KeyPair pair = Keys.generate(random);
        Validity validity = Validity.from(now, VALIDITY);
        X509Certificate certificate =
                new Profile(NAME, validity, random).root(pair.getPublic(), Keys.signer(pair.getPrivate(), random));
        return new RootCertificate(certificate, pair.getPrivate(), List.of());
    }

    /**
     * Reads a root that was kept as text.
     *
     * @param certificates PEM of one or more roots; the one that the key belongs to signs, all are trusted
     * @param key PEM of the private key, PKCS#8
     * @throws UnusableRootException when anything about it is wrong
     */
    public static RootCertificate read(String certificates, PrivateKeyPem key, Instant now)
            throws UnusableRootException {
        return new RootReader(now).read(certificates, key);
    }

    /** Every trusted root, this one first. */
    public List<X509Certificate> trusted() {
        return Stream.concat(Stream.of(certificate), alsoTrusted.stream()).toList();
    }

    /** The trusted roots as PEM. */
    public String certificatePem() {
        return Pem.write(trusted());
    }

    /** The key as PEM. */
    public PrivateKeyPem keyPem() {
        return PrivateKeyPem.of(key);
    }

    /** Names the root by its serial number; the key stays out of it. */
    @Override
    public String toString() {
        return "root " + certificate.getSerialNumber().toString(16) + " valid until "
                + certificate.getNotAfter().toInstant();
    }
}
