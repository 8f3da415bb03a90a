package io.osmj.cli.session;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * Tells the client library what kind of key a kubeconfig holds. It takes every key whose PEM header does not say "EC" for RSA,
 * and a PKCS#8 header does not say anything.
 */
final class ClientKey {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private ClientKey() {}

    /** Sets the algorithm where the key is a PKCS#8 key of an elliptic curve. */
    static void identify(Config config) {
        try {
            String pem = pem(config);
            if (pem.contains(BEGIN) && elliptic(pem)) {
                config.setClientKeyAlgo("EC");
            }
        } catch (IOException e) {
            throw new Failure("Error fetching kubeconfig: the client key cannot be read: " + e.getMessage(), e);
        }
    }

    private static String pem(Config config) throws IOException {
        if (config.getClientKeyData() != null) {
            return new String(
                    Base64.getDecoder().decode(config.getClientKeyData().strip()), StandardCharsets.UTF_8);
        }
        return config.getClientKeyFile() == null ? "" : Files.readString(Path.of(config.getClientKeyFile()));
    }

    private static boolean elliptic(String pem) {
        String body = pem.substring(pem.indexOf(BEGIN) + BEGIN.length(), pem.indexOf(END));
        try {
            KeyFactory.getInstance("EC")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
