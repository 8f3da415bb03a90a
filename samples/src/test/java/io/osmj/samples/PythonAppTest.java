package io.osmj.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PythonAppTest {

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @Test
    void sendsOneOrderAfterAnotherAndPrintsEachAnswer() throws IOException {
        try (ScriptedSidecar sidecar = new ScriptedSidecar()) {
            sidecar.thenAnswer(200, "{\"orderId\":1}");
            sidecar.thenAnswer(403, "RBAC: access denied");
            try (PythonApp _ = start(sidecar.client())) {
                await().untilAsserted(() -> assertThat(log.toString(UTF_8).lines())
                        .startsWith("order 1: 200 {\"orderId\":1}", "order 2: 403 RBAC: access denied"));
            }
            assertThat(sidecar.asked)
                    .startsWith(
                            new ScriptedSidecar.Asked("POST /neworder", "nodeapp", "{\"data\":{\"orderId\":1}}"),
                            new ScriptedSidecar.Asked("POST /neworder", "nodeapp", "{\"data\":{\"orderId\":2}}"));
        }
    }

    @Test
    void goesOnWhileItsSidecarIsNotThere() throws IOException {
        DaprSidecar gone;
        try (ScriptedSidecar sidecar = new ScriptedSidecar()) {
            gone = sidecar.client();
        }
        try (PythonApp _ = start(gone)) {
            await().untilAsserted(() -> assertThat(log.toString(UTF_8))
                    .contains("order 1: Dapr does not answer", "order 2: Dapr does not answer"));
        }
    }

    private PythonApp start(DaprSidecar dapr) {
        return PythonApp.start(dapr, Duration.ofMillis(20), new PrintStream(log, true, UTF_8));
    }
}
