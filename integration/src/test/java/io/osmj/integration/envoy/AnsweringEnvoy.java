package io.osmj.integration.envoy;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A real Envoy that answers each request by itself, started with an environment. */
final class AnsweringEnvoy implements AutoCloseable {
    private static final Path PROGRAM = Path.of(
            System.getProperty("osm.envoy", System.getProperty("user.home") + "/.cache/osm-java/envoy-1.40.0/envoy"));
    private static final String CONFIGURATION = """
            static_resources:
              listeners:
              - address: {socket_address: {address: 127.0.0.1, port_value: PORT}}
                filter_chains:
                - filters:
                  - name: http
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                      stat_prefix: http
                      http_filters:
                      - name: router
                        typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                      route_config:
                        virtual_hosts:
                        - name: all
                          domains: ["*"]
                          routes: [{match: {prefix: /}, direct_response: {status: 200}}]
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = freePort();
    private final Process process;

    /** Starts it and waits for its first answer. */
    AnsweringEnvoy(Path folder, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--config-yaml",
                        CONFIGURATION.replace("PORT", Integer.toString(port)),
                        "--concurrency",
                        "1",
                        "--disable-hot-restart")
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(folder, "envoy", ".log").toFile());
        builder.environment().putAll(environment);
        process = builder.start();
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> answer() == 200);
    }

    /** The status of one request. */
    int answer() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)).build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    /** What it has in memory of its program's code. */
    CodePages pages() throws IOException {
        return CodePages.of(process.pid(), PROGRAM.toRealPath());
    }

    /** Writes the byte that is there already to the beginning of its code; the page is its own from then on. */
    void writeAsADebuggerDoes() throws IOException {
        try (RandomAccessFile memory = new RandomAccessFile("/proc/" + process.pid() + "/mem", "rw")) {
            memory.seek(pages().start());
            int there = memory.read();
            memory.seek(pages().start());
            memory.write(there);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        client.close();
    }
}
