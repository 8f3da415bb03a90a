package io.osmj.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * Takes orders over HTTP and keeps the last one in Dapr's state store.
 *
 * <ul>
 *   <li>{@code POST /neworder} keeps {@code {"data":{"orderId":n}}}
 *   <li>{@code GET /order} shows the order kept last, 404 before the first
 *   <li>{@code GET /ports} shows the ports Dapr told this application
 *   <li>{@code GET /healthz} answers as soon as requests are taken
 * </ul>
 */
public final class NodeApp implements AutoCloseable {

    private static final String PORT = "3000";
    private static final int LONGEST_BODY_BYTES = 64 * 1024;

    private final DaprSidecar dapr;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final HttpServer server;

    private NodeApp(DaprSidecar dapr, Map<String, String> environment, PrintStream out, HttpServer server) {
        this.dapr = dapr;
        this.environment = environment;
        this.out = out;
        this.server = server;
    }

    /**
     * Starts taking orders.
     *
     * @param port 0 for any free one
     * @throws IOException if the port is taken
     */
    static NodeApp start(int port, DaprSidecar dapr, Map<String, String> environment, PrintStream out)
            throws IOException {
        NodeApp app = new NodeApp(dapr, environment, out, HttpServer.create(new InetSocketAddress(port), 0));
        app.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        app.server.createContext("/", app::handle);
        app.server.start();
        return app;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            byte[] body = (answer.body() + "\n").getBytes(UTF_8);
            exchange.getResponseHeaders().set("content-type", answer.contentType());
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        try {
            return switch (exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getPath()) {
                case "POST /neworder" -> newOrder(exchange);
                case "GET /order" -> lastOrder();
                case "GET /ports" -> ports();
                case "GET /healthz" -> Answer.text(200, "ready");
                default -> Answer.text(404, "there is POST /neworder, GET /order, GET /ports and GET /healthz");
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.text(503, "shutting down");
        }
    }

    private Answer newOrder(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY_BYTES);
        Optional<Order> order = Order.parse(new String(body, UTF_8));
        if (order.isEmpty()) {
            return Answer.text(400, "the body must be {\"data\":{\"orderId\":NUMBER}}");
        }
        out.println("order " + order.get().id() + " received");
        try {
            dapr.keep(order.get());
        } catch (IOException e) {
            return failed("order " + order.get().id() + " not kept", e);
        }
        out.println("order " + order.get().id() + " kept");
        return Answer.json(order.get().toJson());
    }

    private Answer lastOrder() throws InterruptedException {
        try {
            return dapr.kept().map(Order::toJson).map(Answer::json).orElse(Answer.text(404, "no order yet"));
        } catch (IOException e) {
            return failed("the last order is not known", e);
        }
    }

    private Answer failed(String what, IOException why) {
        String message = what + ": " + (why.getMessage() == null ? "Dapr does not answer" : why.getMessage());
        out.println(message);
        return Answer.text(500, message);
    }

    private Answer ports() {
        return Answer.json("{\"DAPR_HTTP_PORT\":\"" + environment.getOrDefault("DAPR_HTTP_PORT", "")
                + "\",\"DAPR_GRPC_PORT\":\"" + environment.getOrDefault("DAPR_GRPC_PORT", "") + "\"}");
    }

    /** Stops taking orders, and gives those under way a second. */
    @Override
    public void close() {
        server.stop(1);
        dapr.close();
    }

    private record Answer(int status, String contentType, String body) {

        static Answer json(String body) {
            return new Answer(200, "application/json", body);
        }

        static Answer text(int status, String body) {
            return new Answer(status, "text/plain; charset=utf-8", body);
        }
    }

    /** Runs until SIGTERM, on port 3000 or the one that {@code APP_PORT} names. */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv().getOrDefault("APP_PORT", PORT));
        NodeApp app = start(port, DaprSidecar.of(System.getenv()), System.getenv(), System.out);
        Shutdown.onSignal(app);
        System.out.println("taking orders on port " + app.port());
    }
}
