package io.osmj.certificates.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.MovableClock;
import io.osmj.certificates.ServerNames;
import io.osmj.certificates.builtin.BuiltInAuthority;
import io.osmj.certificates.builtin.RootCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real handshakes over loopback: a server that echoes one byte at a time, and clients that trust the root alone. */
class ServerKeyManagerTest {
    private final MovableClock clock = new MovableClock();
    private final SecureRandom random = new SecureRandom();
    private BuiltInAuthority authority;
    private ServerKeyManager key;
    private SSLServerSocket server;

    @BeforeEach
    void serve() throws GeneralSecurityException, IOException {
        // The peers judge by the machine's own clock.
        clock.move(Duration.between(clock.instant(), Instant.now()));
        authority = new BuiltInAuthority(RootCertificate.create(clock.instant(), random), clock, random);
        key = new ServerKeyManager(authority, new ServerNames(List.of("localhost")), clock, new Random(3));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {key}, null, null);
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) server.accept();
                Thread.startVirtualThread(() -> echo(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private static void echo(SSLSocket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException _) {
            // The client went away.
        }
    }

    private SSLSocket connect(BuiltInAuthority trusted, String... versions)
            throws GeneralSecurityException, IOException {
        KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
        roots.load(null, null);
        roots.setCertificateEntry("root", trusted.trustBundle().roots().getFirst());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        TrustManager[] managers = trust.getTrustManagers();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", server.getLocalPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(versions);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static boolean echoes(SSLSocket socket, int value) throws IOException {
        socket.getOutputStream().write(value);
        return socket.getInputStream().read() == value;
    }

    private static X509Certificate shownTo(SSLSocket socket) throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    @Test
    void handshakesShowTheNewestAndStandingConnectionsStay() throws GeneralSecurityException, IOException {
        IssuedCertificate first = key.certificate();
        try (SSLSocket before = connect(authority, "TLSv1.3")) {
            assertThat(shownTo(before)).isEqualTo(first.certificate());

            assertThat(key.renewDue()).isFalse();
            clock.move(Duration.ofDays(5));
            assertThat(key.renewDue()).isTrue();
            // What the clock was turned to lies ahead of the peers' clock; turned back, the certificate is due again.
            clock.move(Duration.ofDays(-5));
            assertThat(key.renewDue()).isTrue();

            for (String version : List.of("TLSv1.3", "TLSv1.2")) {
                try (SSLSocket after = connect(authority, version)) {
                    assertThat(shownTo(after)).isEqualTo(key.certificate().certificate());
                    assertThat(shownTo(after)).isNotEqualTo(first.certificate());
                }
            }
            assertThat(echoes(before, 42)).isTrue();
        }
    }

    @Test
    void aClientOfAnotherMeshDoesNotTrustIt() {
        BuiltInAuthority other = new BuiltInAuthority(RootCertificate.create(clock.instant(), random), clock, random);

        assertThatThrownBy(() -> connect(other, "TLSv1.3")).isInstanceOf(SSLException.class);
    }
}
