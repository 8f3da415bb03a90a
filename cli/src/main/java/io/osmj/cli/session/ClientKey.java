package io.osmj.cli.session;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * Tells the client library what kind of key a kubeconfig holds. It takes every key whose PEM header does not say "EC" for RSA,
 * and a PKCS#8 header does not say anything.
 */
final class ClientKey {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    /** The object identifier 1.2.840.10045.2.1 in DER. */
    private static final String ID_EC_PUBLIC_KEY = "\006\007\052\206\110\316\075\002\001";

    /** Of a PKCS#8 key: the header of the whole, the version, the header of the algorithm. */
    private static final int LONGEST_BEGINNING = 12;

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

    /** By the name of the algorithm near its beginning: of a key of another kind, every provider would be asked to read it. */
    private static boolean elliptic(String pem) {
        String body = pem.substring(pem.indexOf(BEGIN) + BEGIN.length(), pem.indexOf(END));
        String key = new String(Base64.getMimeDecoder().decode(body), StandardCharsets.ISO_8859_1);
        int at = key.indexOf(ID_EC_PUBLIC_KEY);
        return at >= 0 && at < LONGEST_BEGINNING;
    }
}
