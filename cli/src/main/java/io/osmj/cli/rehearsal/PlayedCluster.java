package io.osmj.cli.rehearsal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * An API server on loopback that knows one mesh and nothing else. It speaks TLS and asks for the client's certificate, as real
 * ones do: half the classes that a command loads are those of TLS.
 */
final class PlayedCluster {
    private static final String CONTROLLER = """
            {"kind": "List", "apiVersion": "v1", "metadata": {"resourceVersion": "1"}, "items": [
              {"metadata": {"name": "osm-controller", "namespace": "osm-system",
                "labels": {"app": "osm-controller", "meshName": "osm", "app.kubernetes.io/version": "0"}},
               "spec": {"replicas": 1},
               "status": {"phase": "Running", "availableReplicas": 1, "observedGeneration": 1}}]}
            """;
    private static final String NOTHING = """
            {"kind": "List", "apiVersion": "v1", "metadata": {"resourceVersion": "1"}, "items": []}
            """;

    /** In bytes. Longer answers are sent in chunks, as Go's servers send those that are longer than a buffer. */
    private static final int CHUNKED_FROM = 200;

    private final HttpsServer server;
    private final Identity identity;

    private PlayedCluster(Identity identity) throws IOException, GeneralSecurityException {
        this.identity = identity;
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new ClientsAreAsked(identity.context()));
        server.createContext("/", PlayedCluster::answer);
        server.start();
    }

    /**
     * Plays a cluster for each key store until the standard input ends. In a process of its own, so that the cache of what
     * commands need holds nothing of servers.
     *
     * @param keyStores PKCS#12 files as {@link Identity#read} takes them; beside each is written the kubeconfig that leads to
     *     its cluster
     */
    public static void main(String[] keyStores) throws IOException, GeneralSecurityException {
        for (var keyStore : keyStores) {
            var cluster = new PlayedCluster(Identity.read(Path.of(keyStore)));
            Files.writeString(Path.of(keyStore + ".kubeconfig"), cluster.kubeconfig());
        }
        System.out.println("ready");
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    /** The text of a kubeconfig that leads here, in the form in which kubectl and kubeadm write it. */
    private String kubeconfig() throws GeneralSecurityException {
        return """
               apiVersion: v1
               kind: Config
               current-context: rehearsal
               clusters:
               - cluster:
                   certificate-authority-data: %s
                   server: https://127.0.0.1:%d
                 name: rehearsal
               contexts:
               - context:
                   cluster: rehearsal
                   user: rehearsal
                 name: rehearsal
               preferences: {}
               users:
               - name: rehearsal
                 user:
                   client-certificate-data: %s
                   client-key-data: %s
               """.formatted(
                        identity.authority(), server.getAddress().getPort(), identity.certificate(), identity.key());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var bytes = body(exchange.getRequestURI().getPath()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length < CHUNKED_FROM ? bytes.length : 0);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String body(String path) {
        if (path.endsWith("/proxy/version")) {
            return "{\"version\": \"0\", \"git_commit\": \"0\", \"build_date\": \"0\"}";
        }
        return path.endsWith("/deployments") || path.endsWith("/pods") ? CONTROLLER : NOTHING;
    }

    /** Asks each client for a certificate. */
    private static final class ClientsAreAsked extends HttpsConfigurator {
        ClientsAreAsked(SSLContext context) {
            super(context);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters asked = getSSLContext().getDefaultSSLParameters();
            asked.setNeedClientAuth(true);
            parameters.setSSLParameters(asked);
        }
    }
}
