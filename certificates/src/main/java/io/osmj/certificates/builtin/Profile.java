package io.osmj.certificates.builtin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/** What stands in the certificates we sign (RFC 5280; X509-SVID, sections 2 to 4). */
final class Profile {
    private static final int SERIAL_BITS = 128;
    private static final boolean CRITICAL = true;

    /** A workload's name is its SAN. A subject would need a common name, which cannot hold the longest accounts. */
    private static final X500Name NO_SUBJECT = new X500Name(new RDN[0]);

    private final X500Name issuer;
    private final Validity validity;
    private final SecureRandom random;

    Profile(X500Name issuer, Validity validity, SecureRandom random) {
        this.issuer = issuer;
        this.validity = validity;
        this.random = random;
    }

    /** A root: it signs leaves and nothing between. */
    X509Certificate root(PublicKey key, ContentSigner signer) {
        X509v3CertificateBuilder builder = builder(issuer, key);
        add(builder, Extension.basicConstraints, CRITICAL, new BasicConstraints(0));
        add(builder, Extension.keyUsage, CRITICAL, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        return sign(builder, signer);
    }

    /** A leaf with no name but the given ones; with no subject they have to be critical. */
    X509Certificate leaf(PublicKey key, GeneralNames names, KeyPurposeId[] purposes, Signing signing) {
        X509v3CertificateBuilder builder = builder(NO_SUBJECT, key);
        add(builder, Extension.basicConstraints, CRITICAL, new BasicConstraints(false));
        add(builder, Extension.keyUsage, CRITICAL, new KeyUsage(KeyUsage.digitalSignature));
        add(builder, Extension.extendedKeyUsage, !CRITICAL, new ExtendedKeyUsage(purposes));
        add(builder, Extension.subjectAlternativeName, CRITICAL, names);
        add(builder, Extension.authorityKeyIdentifier, !CRITICAL, signing.issuer());
        return sign(builder, signing.signer());
    }

    private X509v3CertificateBuilder builder(X500Name subject, PublicKey key) {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer,
                serial(),
                Date.from(validity.notBefore()),
                Date.from(validity.notAfter()),
                subject,
                SubjectPublicKeyInfo.getInstance(key.getEncoded()));
        add(builder, Extension.subjectKeyIdentifier, !CRITICAL, new SubjectKeyIdentifier(keyIdentifier(key)));
        return builder;
    }

    private BigInteger serial() {
        BigInteger serial = new BigInteger(SERIAL_BITS, random);
        return serial.signum() > 0 ? serial : BigInteger.ONE;
    }

    /** The first 160 bits of the SHA-256 of the public key (RFC 7093, method 1). */
    static byte[] keyIdentifier(PublicKey key) {
        byte[] bits = SubjectPublicKeyInfo.getInstance(key.getEncoded())
                .getPublicKeyData()
                .getBytes();
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bits), 20);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void add(
            X509v3CertificateBuilder builder, ASN1ObjectIdentifier extension, boolean critical, ASN1Encodable value) {
        try {
            builder.addExtension(extension, critical, value);
        } catch (IOException e) {
            throw new IllegalStateException("an extension built here has an encoding", e);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, ContentSigner signer) {
        try {
            byte[] encoded = builder.build(signer).getEncoded();
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded));
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException("a certificate built here cannot be read back", e);
        }
    }

    /**
     * Who signs a leaf.
     *
     * @param signer with the root's key
     * @param issuer the identifier of the root's key, as its certificate states it
     */
    record Signing(ContentSigner signer, AuthorityKeyIdentifier issuer) {}
}
