package io.osmj.cli.rehearsal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key with a certificate, the played API server's and its client's in one, and the authority that signed it. */
final class Identity {
    private static final char[] PASSWORD = "rehearsal".toCharArray();
    private static final String OWN = "rehearsal";
    private static final String AUTHORITY = "authority";

    private final KeyStore store;

    private Identity(KeyStore store) {
        this.store = store;
    }

    /** Reads a PKCS#12 file with the entries {@code rehearsal} and {@code authority}, whose password is {@code rehearsal}. */
    static Identity read(Path file) throws IOException, GeneralSecurityException {
        return new Identity(KeyStore.getInstance(file.toFile(), PASSWORD));
    }

    SSLContext context() throws IOException, GeneralSecurityException {
        var own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(OWN, store.getKey(OWN, PASSWORD), PASSWORD, store.getCertificateChain(OWN));
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, PASSWORD);
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** The certificate as a kubeconfig holds it: its PEM text in base 64. */
    String certificate() throws GeneralSecurityException {
        return pem("CERTIFICATE", store.getCertificate(OWN).getEncoded());
    }

    /** The authority's certificate, likewise. */
    String authority() throws GeneralSecurityException {
        return pem("CERTIFICATE", store.getCertificate(AUTHORITY).getEncoded());
    }

    /** The private key as a kubeconfig holds it. */
    String key() throws GeneralSecurityException {
        return pem("PRIVATE KEY", store.getKey(OWN, PASSWORD).getEncoded());
    }

    private static String pem(String kind, byte[] content) {
        var body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        var text = "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(kind, body, kind);
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
