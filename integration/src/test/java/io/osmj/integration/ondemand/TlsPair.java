package io.osmj.integration.ondemand;

import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.ServerNames;
import io.osmj.certificates.builtin.BuiltInAuthority;
import io.osmj.certificates.builtin.RootCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A server outside the mesh and the application that trusts it.
 *
 * @param server has a certificate
 * @param client takes it
 */
record TlsPair(SSLContext server, SSLContext client) {
    private static final char[] NO_SECRET = "none".toCharArray();

    static TlsPair of(String... names) {
        try {
            RootCertificate root = RootCertificate.create(Instant.now(), new SecureRandom());
            IssuedCertificate issued = new BuiltInAuthority(root, InstantSource.system(), new SecureRandom())
                    .server(new ServerNames(List.of(names)), Duration.ofHours(1));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_SECRET);
            store.setKeyEntry(
                    "server",
                    issued.privateKey().key("EC"),
                    NO_SECRET,
                    issued.chain().toArray(Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_SECRET);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, NO_SECRET);
            trusted.setCertificateEntry("root", root.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            return new TlsPair(
                    context(keys.getKeyManagers(), new TrustManager[0]),
                    context(new KeyManager[0], trust.getTrustManagers()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(KeyManager[] keys, TrustManager[] trust) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust, new SecureRandom());
        return context;
    }
}
