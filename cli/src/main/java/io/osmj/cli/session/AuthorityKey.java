package io.osmj.cli.session;

import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECKey;
import java.util.Base64;

/**
 * The key that a cluster's authority signs with. On the curve P-256 the first signature that the JDK verifies takes a tenth of a
 * second, most of which are tables that it computes once, and the handshake would wait for it.
 */
final class AuthorityKey {
    private AuthorityKey() {}

    /** Verifies one signature on a thread of its own while the client is made; of an elliptic key only, others need no tables. */
    static void warmUp(Config config) {
        Thread.ofPlatform().daemon().name("authority").start(() -> verifyOne(config));
    }

    private static void verifyOne(Config config) {
        try (InputStream pem = pem(config)) {
            var authority = CertificateFactory.getInstance("X.509").generateCertificate(pem);
            if (authority.getPublicKey() instanceof ECKey) {
                authority.verify(authority.getPublicKey());
            }
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            // It is none that signs itself, or none at all; what is wrong with it is said when it is used.
        }
    }

    private static InputStream pem(Config config) throws IOException {
        if (config.getCaCertData() != null) {
            return new ByteArrayInputStream(
                    Base64.getDecoder().decode(config.getCaCertData().strip()));
        }
        return config.getCaCertFile() == null
                ? InputStream.nullInputStream()
                : Files.newInputStream(Path.of(config.getCaCertFile()));
    }
}
