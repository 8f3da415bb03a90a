package io.osmj.integration.envoy;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The JDK's own web server as a process, with the image's options of the archive of classes. */
final class AnsweringJava implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpRequest request;
    private final Process process;

    /** Starts it, with this added to its environment, and waits until it answers. */
    AnsweringJava(Path folder, Map<String, String> environment) throws IOException {
        int port = AnsweringEnvoy.freePort();
        request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)).build();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // As in the image: an archive that is moved is written, and so is not the file's any more.
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:ArchiveRelocationMode=0",
                        "-XX:+UseSerialGC",
                        "-m",
                        "jdk.httpserver",
                        "-b",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-d",
                        folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(folder, "java", ".log").toFile());
        builder.environment().putAll(environment);
        process = builder.start();
        await().atMost(SOON).ignoreExceptions().until(() -> answer() == OK);
    }

    /** The status of one more answer. */
    int answer() throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    /** KiB in memory of what is only read of the archive of classes. */
    long archive() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "smaps")).stream()
                .dropWhile(line -> !(line.contains(" r--p ") && line.endsWith(".jsa")))
                .filter(line -> line.startsWith("Rss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        client.close();
    }
}
