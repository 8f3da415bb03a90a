package io.osmj.certificates;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** What the two keys of a pair have to do with each other. */
public final class KeyPairs {
    private KeyPairs() {}

    /** By which algorithm a key signs. Roots of OSM have RSA keys; our own are EC. */
    public static String signatureAlgorithm(PrivateKey key) {
        return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }

    /** Whether what one signs the other accepts. */
    public static boolean belong(PrivateKey key, PublicKey publicKey) {
        byte[] probe = "osm-ca".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(signatureAlgorithm(key));
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
