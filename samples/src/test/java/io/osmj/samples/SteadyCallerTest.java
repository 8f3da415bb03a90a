package io.osmj.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SteadyCallerTest {

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(log, true, UTF_8);

    @Test
    void countsAnswersAndThenFailures() throws IOException {
        DaprSidecar none = DaprSidecar.of(Map.of());
        NodeApp callee = NodeApp.start(0, none, Map.of(), new PrintStream(new ByteArrayOutputStream()));
        URI target = URI.create("http://localhost:" + callee.port() + "/ports");
        try (SteadyCaller _ = SteadyCaller.start(target, 50, out)) {
            await().untilAsserted(
                            () -> assertThat(log.toString(UTF_8)).containsPattern("[1-9]\\d* answered, 0 failed"));

            callee.close();

            await().untilAsserted(
                            () -> assertThat(log.toString(UTF_8)).containsPattern("failed: java.net.ConnectException"));
            await().untilAsserted(() -> assertThat(log.toString(UTF_8)).containsPattern("answered, [1-9]\\d* failed"));
        }
    }

    @Test
    void anAnswerThatIsNoSuccessIsAFailure() throws IOException {
        DaprSidecar none = DaprSidecar.of(Map.of());
        try (NodeApp callee = NodeApp.start(0, none, Map.of(), new PrintStream(new ByteArrayOutputStream()));
                SteadyCaller _ =
                        SteadyCaller.start(URI.create("http://localhost:" + callee.port() + "/nowhere"), 50, out)) {
            await().untilAsserted(() -> assertThat(log.toString(UTF_8)).contains("failed: status 404"));
        }
    }
}
