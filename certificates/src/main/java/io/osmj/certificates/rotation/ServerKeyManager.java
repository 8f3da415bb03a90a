package io.osmj.certificates.rotation;

import io.osmj.certificates.CertificateIssuer;
import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.IssuingException;
import io.osmj.certificates.ServerNames;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of a TLS server of ours. It is renewed while the server runs: a handshake takes the newest, connections that
 * stand are left alone.
 */
public final class ServerKeyManager extends X509ExtendedKeyManager {
    private static final Duration VALIDITY = Duration.ofDays(7);

    private final CertificateIssuer issuer;
    private final ServerNames names;
    private final InstantSource clock;
    private final RandomGenerator random;
    private volatile Generation current;

    /** A handshake asks in steps, by alias; one that began before a renewal finds its own generation one step back. */
    private record Generation(
            String alias,
            IssuedCertificate issued,
            PrivateKey key,
            double spread,
            @Nullable Generation previous) {
        Generation alone() {
            return new Generation(alias, issued, key, spread, null);
        }
    }

    /**
     * Issues the first certificate.
     *
     * @throws IssuingException when that fails
     */
    public ServerKeyManager(CertificateIssuer issuer, ServerNames names, InstantSource clock, RandomGenerator random) {
        this.issuer = issuer;
        this.names = names;
        this.clock = clock;
        this.random = random;
        this.current = issue(null);
    }

    /**
     * Replaces the certificate if its time has come.
     *
     * @return whether it was replaced
     * @throws IssuingException when it is due and cannot be issued; the old one stays
     */
    public synchronized boolean renewDue() {
        Generation now = current;
        if (!Renewal.due(now.issued(), now.issued().notAfter(), VALIDITY, now.spread(), clock.instant())) {
            return false;
        }
        current = issue(now.alone());
        return true;
    }

    /** The certificate that the next handshake shows. */
    public IssuedCertificate certificate() {
        return current.issued();
    }

    private Generation issue(@Nullable Generation previous) {
        IssuedCertificate issued = issuer.server(names, VALIDITY);
        try {
            PrivateKey key =
                    issued.privateKey().key(issued.certificate().getPublicKey().getAlgorithm());
            String alias = issued.certificate().getSerialNumber().toString(16);
            return new Generation(alias, issued, key, random.nextDouble(), previous);
        } catch (GeneralSecurityException e) {
            throw new IssuingException("The issuer handed out a server key that cannot be read.", e);
        }
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Generation now = current;
        boolean fits = keyType.startsWith(now.key().getAlgorithm());
        return fits ? now.alias() : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Generation found = find(alias);
        return found == null ? null : found.issued().chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Generation found = find(alias);
        return found == null ? null : found.key();
    }

    private @Nullable Generation find(String alias) {
        Generation found = current;
        while (found != null && !found.alias().equals(alias)) {
            found = found.previous();
        }
        return found;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
