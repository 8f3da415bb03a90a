package io.osmj.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeAppTest {

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final HttpClient http = HttpClient.newHttpClient();
    private ScriptedSidecar sidecar;
    private NodeApp app;

    @BeforeEach
    void start() throws IOException {
        sidecar = new ScriptedSidecar();
        Map<String, String> environment = Map.of("DAPR_HTTP_PORT", "3500", "DAPR_GRPC_PORT", "50001");
        app = NodeApp.start(0, sidecar.client(), environment, new PrintStream(log, true, UTF_8));
    }

    @AfterEach
    void stop() {
        app.close();
        sidecar.close();
        http.close();
    }

    @Test
    void keepsAnOrderInTheStateStoreAndPrintsIt() throws Exception {
        sidecar.thenAnswer(204, "");

        HttpResponse<String> answer = post("/neworder", "{\"data\":{\"orderId\":42}}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(sidecar.asked)
                .containsExactly(new ScriptedSidecar.Asked(
                        "POST /v1.0/state/statestore", "", "[{\"key\":\"order\",\"value\":{\"orderId\":42}}]"));
        assertThat(log.toString(UTF_8)).isEqualToNormalizingNewlines("order 42 received\norder 42 kept\n");
    }

    @Test
    void saysSoWhenTheOrderCouldNotBeKept() throws Exception {
        sidecar.thenAnswer(500, "state store statestore is not found");

        HttpResponse<String> answer = post("/neworder", "{\"data\":{\"orderId\":7}}");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("order 7 not kept", "state store statestore is not found");
    }

    @Test
    void refusesABodyWithoutAnOrder() throws Exception {
        HttpResponse<String> answer = post("/neworder", "{\"data\":{}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("orderId");
        assertThat(sidecar.asked).isEmpty();
    }

    @Test
    void showsTheOrderKeptLast() throws Exception {
        sidecar.thenAnswer(200, "{\"orderId\":41}");

        assertThat(get("/order").body()).isEqualTo("{\"orderId\":41}\n");
        assertThat(sidecar.asked)
                .extracting(ScriptedSidecar.Asked::line)
                .containsExactly("GET /v1.0/state/statestore/order");
    }

    @Test
    void hasNoLastOrderBeforeTheFirst() throws Exception {
        sidecar.thenAnswer(204, "");

        assertThat(get("/order").statusCode()).isEqualTo(404);
    }

    @Test
    void showsThePortsOfItsSidecar() throws Exception {
        assertThat(get("/ports").body())
                .isEqualToIgnoringNewLines("{\"DAPR_HTTP_PORT\":\"3500\",\"DAPR_GRPC_PORT\":\"50001\"}");
    }

    @Test
    void answersToNothingElse() throws Exception {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/orders").statusCode()).isEqualTo(404);
        assertThat(get("/neworder").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(at(path))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + app.port() + path);
    }
}
