package io.osmj.xds.serve;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real Envoy with the bootstrap of a sidecar: delta ADS over TLS, a token from a file. */
final class EnvoyProcess implements AutoCloseable {
    private static final Path PROGRAM = Path.of(System.getProperty(
            "envoy.program", System.getProperty("user.home") + "/.cache/osm-java/envoy-1.40.0/envoy"));
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private final Path directory;
    private final String api;
    private final Process process;
    private final long startedAt = System.nanoTime();

    EnvoyProcess(Path directory, TestServer server) {
        this(directory, server, Protocol.DELTA);
    }

    EnvoyProcess(Path directory, TestServer server, Protocol protocol) {
        this.directory = directory;
        this.api = protocol == Protocol.DELTA ? "DELTA_GRPC" : "GRPC";
        try {
            Files.writeString(directory.resolve("ca.crt"), TestAuthority.pem(server.authority.root()));
            Files.writeString(directory.resolve("token"), TestServer.TOKEN);
            Files.writeString(directory.resolve("bootstrap.yaml"), bootstrap(server.port()));
            this.process = new ProcessBuilder(
                            PROGRAM.toString(),
                            "--config-path",
                            directory.resolve("bootstrap.yaml").toString(),
                            "--admin-address-path",
                            directory.resolve("admin").toString(),
                            "--concurrency",
                            "1",
                            "--use-dynamic-base-id",
                            "--log-level",
                            "info",
                            "--component-log-level",
                            System.getProperty("envoy.logging", "config:info"))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String bootstrap(int port) throws IOException {
        try (InputStream template = EnvoyProcess.class.getResourceAsStream("/envoy/bootstrap.yaml")) {
            return new String(requireNonNull(template).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("DELTA_GRPC", api)
                    .replace("PORT", Integer.toString(port))
                    .replace("DIRECTORY", directory.toString());
        }
    }

    /** Waits until it serves; how long that took from its start. */
    Duration untilLive() {
        await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> admin("/ready").startsWith("200 LIVE"));
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /** What the admin interface says; empty if it cannot be reached. */
    String admin(String path) {
        try {
            // The file is there before its text is.
            String address = Files.readString(directory.resolve("admin")).strip();
            return address.isEmpty() ? "" : get("http://" + address + path);
        } catch (IOException e) {
            return "";
        }
    }

    /** The status and body of an answer. */
    static String get(String uri) throws IOException {
        return get(HttpRequest.newBuilder(URI.create(uri)));
    }

    /** The status and body of an answer. */
    static String get(HttpRequest.Builder builder) throws IOException {
        HttpRequest request = builder.timeout(Duration.ofSeconds(20)).build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** A counter or gauge of Envoy; -1 if it has none of that name. */
    long stat(String name) {
        return admin("/stats?filter=" + name)
                .lines()
                .map(line -> line.replaceFirst("^200 ", ""))
                .filter(line -> line.startsWith(name + ": "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 2)))
                .findFirst()
                .orElse(-1);
    }

    String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
