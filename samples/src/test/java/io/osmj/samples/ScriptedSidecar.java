package io.osmj.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server on a real socket that answers what it is told to, and remembers what it was asked. */
final class ScriptedSidecar implements AutoCloseable {

    record Asked(String line, String appId, String body) {}

    final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    private record Answer(int status, String body) {}

    ScriptedSidecar() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Adds to the answers given, in order; the last one stays. */
    void thenAnswer(int status, String body) {
        answers.add(new Answer(status, body));
    }

    DaprSidecar client() {
        return new DaprSidecar(
                URI.create("http://localhost:" + server.getAddress().getPort()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String line =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            String appId = exchange.getRequestHeaders().getFirst("dapr-app-id");
            asked.add(new Asked(line, appId == null ? "" : appId, body));
            Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
            byte[] bytes = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
