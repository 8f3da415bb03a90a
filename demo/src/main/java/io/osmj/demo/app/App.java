package io.osmj.demo.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Serves HTTP under its name and calls other applications four times a second, each over a connection that stays open.
 *
 * <p>It prints a line for each answer: {@code answer CALLEE STATUS MILLISECONDS TEXT}, where the status is 0 if there was no
 * answer. It ends when its standard input ends, so that it never outlives whoever started it.
 */
public final class App {
    private static final Duration PAUSE = Duration.ofMillis(250);
    /** Longer than a daprd tries, which is three seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int LONGEST_TEXT = 120;

    private final String name;
    private final AtomicLong served = new AtomicLong();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private App(String name) {
        this.name = name;
    }

    /**
     * Runs until standard input ends.
     *
     * @param arguments its name; the address and port it serves on, as {@code 0.0.0.0:8080}; {@code callee=URL} for each
     *     application it calls; and before these, where nothing intercepts its connections, {@code --outbound=ADDRESS:PORT} of
     *     its sidecar
     * @throws IOException if the port is taken
     */
    public static void main(String[] arguments) throws IOException {
        App app = new App(arguments[0]);
        app.serve(address(arguments[1]));
        Optional<Outbound> outbound = Optional.empty();
        for (String argument : Arrays.asList(arguments).subList(2, arguments.length)) {
            String[] pair = argument.split("=", 2);
            if (pair[0].equals("--outbound")) {
                outbound = Optional.of(new Outbound(address(pair[1])));
            } else {
                URI url = URI.create(pair[1]);
                URI dialled = outbound.isPresent() ? outbound.get().entrance(url) : url;
                Thread.ofPlatform().daemon().name("calls-" + pair[0]).start(() -> app.call(pair[0], dialled));
            }
        }
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        System.exit(0);
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    private void serve(InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = (name + " has answered " + served.incrementAndGet() + " times\n").getBytes(UTF_8);
            exchange.getResponseHeaders().set("content-type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void call(String callee, URI url) {
        try {
            while (true) {
                long start = System.nanoTime();
                String outcome =
                        outcome(HttpRequest.newBuilder(url).timeout(PATIENCE).build(), start);
                System.out.println("answer " + callee + " " + outcome);
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String outcome(HttpRequest request, long start) throws InterruptedException {
        try {
            var response = client.send(request, BodyHandlers.ofString());
            return response.statusCode() + " " + millisecondsSince(start) + " " + line(response.body());
        } catch (IOException e) {
            String fault = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return "0 " + millisecondsSince(start) + " " + line(fault);
        }
    }

    private static long millisecondsSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    private static String line(String text) {
        String first = text.lines().findFirst().orElse("");
        return first.length() <= LONGEST_TEXT ? first : first.substring(0, LONGEST_TEXT);
    }
}
