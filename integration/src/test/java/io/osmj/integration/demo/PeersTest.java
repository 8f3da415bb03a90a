package io.osmj.integration.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a peer may not do to a sidecar of the demo. */
@Tag("envoy")
@Tag("netns")
class PeersTest {
    /** Else a peer could name a destination that a chain of another port is for, or come as somebody else. */
    @Test
    void aSidecarWithoutInterceptionBelievesNoPeersHeader() throws Exception {
        try (RunningDemo demo = RunningDemo.start(Way.LISTENERS)) {
            demo.awaitFirstStep();
            String network = demo.lines().getFirst().replaceFirst(".* on (127\\.\\d+)\\.0\\.0/16.*", "$1");
            String request = "GET / HTTP/1.1\r\nhost: stock\r\n\r\n";

            assertThat(answer(network + ".1.12", 8080, request))
                    .as("what the application says to its sidecar")
                    .startsWith("HTTP/1.1 200");
            assertThat(answer(network + ".0.12", 8080, "PROXY TCP4 127.0.0.1 127.0.0.1 1 8080\r\n" + request))
                    .isEmpty();
            assertThat(answer(network + ".0.12", 8080, request)).isEmpty();
        }
    }

    /** What comes first on a connection, until it is closed or nothing comes any more. */
    private static String answer(String address, int port, String request) throws IOException {
        try (Socket socket = new Socket(address, port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), US_ASCII);
        } catch (SocketException reset) {
            return "";
        }
    }
}
