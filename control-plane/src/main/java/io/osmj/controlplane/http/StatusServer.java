package io.osmj.controlplane.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.osmj.xds.serve.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers GET on some exact paths and nothing else. */
public final class StatusServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);

    /** A client that is slow holds one for some seconds; probes are to be answered meanwhile. */
    private static final int MOST_THREADS = 8;

    private final Map<String, Supplier<Answer>> pages;
    private final ExecutorService threads = Workers.named("status", MOST_THREADS, Integer.MAX_VALUE);
    private final HttpServer server;

    static {
        HttpLimits.set();
    }

    /**
     * Takes the address, so that an address in use is known at once, but answers nothing yet.
     *
     * @param pages by exact path
     * @throws UncheckedIOException if the address cannot be had
     */
    public StatusServer(InetSocketAddress address, Map<String, Supplier<Answer>> pages) {
        this.pages = Map.copyOf(pages);
        try {
            this.server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address, e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /** Starts to answer. */
    public void start() {
        server.start();
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange));
        }
    }

    private Answer answer(HttpExchange exchange) {
        boolean reads = exchange.getRequestMethod().equals("GET")
                || exchange.getRequestMethod().equals("HEAD");
        Supplier<Answer> page = pages.get(exchange.getRequestURI().getPath());
        if (page == null) {
            return Answer.text(404, "There is nothing here.\n");
        }
        if (!reads) {
            return Answer.text(405, "Only GET is answered.\n");
        }
        try {
            return page.get();
        } catch (RuntimeException e) {
            LOG.error("Cannot answer {}", exchange.getRequestURI().getPath(), e);
            return Answer.text(500, "This cannot be answered now; the log says why.\n");
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
