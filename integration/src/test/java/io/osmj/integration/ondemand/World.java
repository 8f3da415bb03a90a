package io.osmj.integration.ondemand;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** What stands outside the pod: servers on addresses that a pod can be told to go to. */
final class World implements AutoCloseable {
    /** Where pods of the mesh and whatever else is in its ranges stand. */
    static final String NEAR = "10.9.0.1";

    /** Another one of those. */
    static final String NEAR_TOO = "10.9.0.3";

    /** An address outside the ranges of the mesh. */
    static final String FAR = "203.0.113.7";

    /** What names stand for, as the sidecar looks them up. */
    static final String HOSTS = """
            203.0.113.7 api.example.com www.example.com other.example.com
            10.9.0.3 near.example.com
            """;

    private final Namespace place;
    private final List<AutoCloseable> servers = new ArrayList<>();

    World(Namespace place) {
        this.place = place;
    }

    /** A server that answers every request with its name, {@code Host}, and headers that should have stayed in the sidecar. */
    int http(String name) {
        return http(name, 0);
    }

    int http(String name, int port) {
        return http(name, port, new CountDownLatch(0));
    }

    /** The same of one that answers nobody until the gate is open. */
    int http(String name, CountDownLatch gate) {
        return http(name, 0, gate);
    }

    private int http(String name, int port, CountDownLatch gate) {
        return http(port, exchange -> {
            pass(gate);
            answer(exchange, name);
        });
    }

    private int http(int port, HttpHandler handler) {
        return place.call(() -> {
            HttpServer server = HttpServer.create(new InetSocketAddress("0.0.0.0", port), 100);
            server.setExecutor(Executors.newCachedThreadPool(
                    task -> Thread.ofPlatform().daemon().unstarted(task)));
            server.createContext("/", handler);
            server.start();
            servers.add(() -> server.stop(0));
            return server.getAddress().getPort();
        });
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, String name) throws IOException {
        long received = exchange.getRequestBody().readAllBytes().length;
        String leaked = exchange.getRequestHeaders().keySet().stream()
                .filter(header ->
                        header.regionMatches(true, 0, "x-osm", 0, 5) || header.regionMatches(true, 0, "x-envoy", 0, 7))
                .sorted()
                .toList()
                .toString();
        byte[] body = (name + " host=" + exchange.getRequestHeaders().getFirst("Host") + " leaked=" + leaked
                        + " received=" + received)
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /**
     * A server that does not answer well at once: a request with {@code x-fail: 503 2} is answered by 503 until it came twice, and then
     * by how often it came. Requests with one {@code x-call} are one.
     */
    int failing() {
        Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
        return http(0, exchange -> {
            String[] fail = exchange.getRequestHeaders().getFirst("x-fail").split(" ", 2);
            int now = tries.computeIfAbsent(exchange.getRequestHeaders().getFirst("x-call"), _ -> new AtomicInteger())
                    .incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            byte[] body = ("tries=" + now).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    now > Integer.parseInt(fail[1]) ? 200 : Integer.parseInt(fail[0]), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    /** A gRPC server that is unavailable for so many calls. */
    int grpc(int failures) {
        return place.call(() -> {
            FailingGrpc server = new FailingGrpc(place, failures);
            servers.add(server);
            return server.port();
        });
    }

    /** A server that greets first, as a database does, and then gives every line back. */
    int greeting(String name) {
        return place.call(() -> {
            ServerSocket server = new ServerSocket(0, 100);
            servers.add(server);
            Thread.ofPlatform().daemon().start(() -> accept(server, name));
            return server.getLocalPort();
        });
    }

    /** The same behind TLS, whatever name it is called by. */
    int tls(String name, SSLContext context) {
        return place.call(() -> {
            ServerSocket server = context.getServerSocketFactory().createServerSocket(0, 100);
            servers.add(server);
            Thread.ofPlatform().daemon().start(() -> accept(server, name));
            return server.getLocalPort();
        });
    }

    private static void accept(ServerSocket server, String name) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().start(() -> greet(socket, name));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void greet(Socket socket, String name) {
        try (socket) {
            socket.getOutputStream().write((name + "\n").getBytes(StandardCharsets.UTF_8));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException _) {
            // The other end went.
        }
    }

    @Override
    public void close() {
        for (AutoCloseable server : servers) {
            try {
                server.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
