package io.osmj.xds.serve;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the certificate that is current when a connection is made, so that a new one is used without a restart. Connections
 * that are open keep the one they were made with.
 */
final class ReloadingKeyManager extends X509ExtendedKeyManager {
    private final Supplier<ServerCertificate> current;
    private volatile Numbered latest;

    /** Key and chain are asked for one after the other; the alias holds them together when a change comes between. */
    private record Numbered(
            int number,
            ServerCertificate certificate,
            @Nullable Numbered previous) {
        static final String PREFIX = "server-";

        String alias() {
            return PREFIX + number;
        }
    }

    ReloadingKeyManager(Supplier<ServerCertificate> current) {
        this.current = current;
        this.latest = new Numbered(0, current.get(), null);
    }

    private synchronized Numbered refreshed() {
        ServerCertificate certificate = current.get();
        if (!certificate.equals(latest.certificate())) {
            latest = new Numbered(
                    latest.number() + 1, certificate, new Numbered(latest.number(), latest.certificate(), null));
        }
        return latest;
    }

    private @Nullable ServerCertificate of(String alias) {
        for (Numbered numbered = latest; numbered != null; numbered = numbered.previous()) {
            if (numbered.alias().equals(alias)) {
                return numbered.certificate();
            }
        }
        return null;
    }

    private @Nullable String alias(String keyType) {
        Numbered numbered = refreshed();
        String algorithm = numbered.certificate().key().getAlgorithm();
        boolean fits = keyType.equals(algorithm) || (keyType.startsWith("EC") && algorithm.startsWith("EC"));
        return fits ? numbered.alias() : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return alias(keyType);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        ServerCertificate certificate = of(alias);
        return certificate == null ? null : certificate.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        ServerCertificate certificate = of(alias);
        return certificate == null ? null : certificate.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = alias(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }
}
