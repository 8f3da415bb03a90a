package io.osmj.controlplane.admission;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.osmj.controlplane.http.HttpLimits;
import io.osmj.xds.serve.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedKeyManager;

/** A port that speaks HTTPS, some requests at a time. */
final class TlsListener implements AutoCloseable {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    private static final int BACKLOG = 512;

    /** How long what is in hand may take when the process ends, in seconds. */
    private static final int PATIENCE = 5;

    /** Answers take processor time, not waiting; some more than there are processors for clients that are slow to send. */
    private static final int MOST_THREADS = 16;

    private final HttpsServer server;
    private final ExecutorService threads = Workers.named("webhook", MOST_THREADS, Integer.MAX_VALUE);

    private TlsListener(HttpsServer server) {
        this.server = server;
    }

    static TlsListener start(
            InetSocketAddress address, X509ExtendedKeyManager key, String path, AdmissionEndpoint endpoint) {
        HttpLimits.set();
        try {
            HttpsServer server = HttpsServer.create(address, BACKLOG);
            server.setHttpsConfigurator(new SecureConfigurator(context(key)));
            server.createContext(path, endpoint);
            TlsListener listener = new TlsListener(server);
            server.setExecutor(listener.threads);
            server.start();
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + address.getPort(), e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        close(PATIENCE);
    }

    /** Closes after so many seconds at most, whatever is in hand. */
    void close(int patience) {
        server.stop(patience);
        threads.close();
    }

    private static SSLContext context(X509ExtendedKeyManager key) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {key}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    private static final class SecureConfigurator extends HttpsConfigurator {
        SecureConfigurator(SSLContext context) {
            super(context);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters ours = getSSLContext().getDefaultSSLParameters();
            ours.setProtocols(VERSIONS);
            parameters.setSSLParameters(ours);
        }
    }
}
