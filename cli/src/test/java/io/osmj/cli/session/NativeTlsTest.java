package io.osmj.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.cli.CommandLineRun;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who speaks TLS for a command, seen by what it says of a server that knows none of its versions. */
class NativeTlsTest {
    /** A record with a fatal alert: protocol version. */
    private static final byte[] REFUSAL = {0x15, 3, 3, 0, 2, 2, 70};

    private final ServerSocket server;

    @TempDir
    private Path folder = Path.of("");

    NativeTlsTest() throws IOException {
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    }

    @BeforeEach
    void refuse() {
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void boringSslSpeaksTlsAndItsReasonIsOneWord() throws IOException {
        var url = "https://127.0.0.1:" + server.getLocalPort();
        var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: old
                contexts: [{name: old, context: {cluster: old, user: nobody}}]
                clusters: [{name: old, cluster: {server: "%s"}}]
                users: [{name: nobody, user: {}}]
                """.formatted(url));

        var run = CommandLineRun.of("namespace", "list", "--kubeconfig", kubeconfig.toString());

        assertThat(run.err().lines())
                .containsExactly("Error: Could not access Kubernetes cluster, check kubeconfig: " + url
                        + " (context [old]): no TLS connection: TLSV1_ALERT_PROTOCOL_VERSION");
    }

    private void serve() {
        while (!server.isClosed()) {
            try (var connection = server.accept()) {
                connection.getOutputStream().write(REFUSAL);
                connection.shutdownOutput();
                connection.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (SocketException gone) {
                // The client has left, or the test is over.
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
