package io.osmj.samples;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The Dapr sidecar of this pod, by its HTTP API on the loopback address. Safe for use by several threads. */
final class DaprSidecar implements AutoCloseable {

    private static final String STATE = "/v1.0/state/statestore";
    private static final String ORDER_KEY = "order";
    // Dapr retries a lost peer for three seconds before it answers.
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final URI address;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** @param address scheme, host and port, such as {@code http://localhost:3500} */
    DaprSidecar(URI address) {
        this.address = address;
    }

    /** The sidecar at the port that Dapr tells its application, 3500 where it tells none. */
    static DaprSidecar of(Map<String, String> environment) {
        return new DaprSidecar(URI.create("http://localhost:" + environment.getOrDefault("DAPR_HTTP_PORT", "3500")));
    }

    /** Asks Dapr to call a method of another application, and gives back that application's answer, or Dapr's own. */
    HttpResponse<String> invoke(String appId, String method, String body) throws IOException, InterruptedException {
        return send(to("/" + method)
                .header("dapr-app-id", appId)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /**
     * Keeps the order in the state store, in place of the one before.
     *
     * @throws IOException if Dapr does not answer, or answers that it could not
     */
    void keep(Order order) throws IOException, InterruptedException {
        String state = "[{\"key\":\"" + ORDER_KEY + "\",\"value\":" + order.toJson() + "}]";
        require2xx(send(to(STATE).header("content-type", "application/json").POST(BodyPublishers.ofString(state))));
    }

    /**
     * The order that was kept last, if there is one.
     *
     * @throws IOException if Dapr does not answer, or answers that it could not
     */
    Optional<Order> kept() throws IOException, InterruptedException {
        return Order.parse(require2xx(send(to(STATE + "/" + ORDER_KEY).GET())).body());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWER_WITHIN);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> require2xx(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("Dapr answered " + answer.statusCode() + " to "
                    + answer.request().method() + " " + answer.uri().getPath() + ": "
                    + answer.body().strip());
        }
        return answer;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
