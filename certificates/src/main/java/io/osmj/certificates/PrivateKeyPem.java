package io.osmj.certificates;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * A private key as PKCS#8 in PEM. BoringSSL, and so Envoy, reads no other form from us.
 *
 * <p>Printing it prints {@code [redacted]}, so that a key does not reach a log by way of the record it is part of.
 *
 * @param text the PEM text, with its private matter
 */
public record PrivateKeyPem(String text) {
    private static final String LABEL = "PRIVATE KEY";

    /** Writes a key. */
    public static PrivateKeyPem of(PrivateKey key) {
        if (!"PKCS#8".equals(key.getFormat())) {
            throw new IllegalArgumentException("a private key that cannot be written as PKCS#8");
        }
        return new PrivateKeyPem(Pem.block(LABEL, key.getEncoded()));
    }

    /**
     * Reads the key back.
     *
     * @param algorithm of its certificate's public key, such as {@code EC}
     * @throws GeneralSecurityException when the text is no PKCS#8 key of that algorithm; the message holds none of the text
     */
    public PrivateKey key(String algorithm) throws GeneralSecurityException {
        byte[] encoded = Pem.first(LABEL, text);
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
