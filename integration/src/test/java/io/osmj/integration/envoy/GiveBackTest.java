package io.osmj.integration.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.osmj.integration.cluster.Command;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library of the images, with shorter waits, in a real Envoy and a Java program that answers requests. */
@Tag("envoy")
class GiveBackTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int OK = 200;

    @TempDir
    private static Path folder = Path.of("");

    private static Map<String, String> environment = Map.of();

    @BeforeAll
    static void build() {
        Path library = folder.resolve("giveback.so");
        Command.run(Command.script(
                "../images/giveback/build",
                library.toString(),
                "-DLAST_MILLISECONDS=1000u",
                "-DLAST_MILLISECONDS_OF_JAVA=1000u"));
        environment = Map.of("LD_PRELOAD", library.toString());
    }

    @Test
    void envoyGivesBackItsPagesAgainAndAgainAndServesOn() throws Exception {
        long needed;
        try (AnsweringEnvoy plain = new AnsweringEnvoy(folder, Map.of())) {
            needed = plain.pages().kibibytes("Rss");
        }
        try (AnsweringEnvoy envoy = new AnsweringEnvoy(folder, environment)) {
            givesBack(envoy, 3);

            assertThat(envoy.pages().kibibytes("Rss")).isLessThan(needed / 2);
        }
    }

    @Test
    void pagesThatSomebodyWroteStay() throws Exception {
        try (AnsweringEnvoy envoy = new AnsweringEnvoy(folder, environment)) {
            envoy.writeAsADebuggerDoes();
            givesBack(envoy, 2);

            assertThat(envoy.pages().kibibytes("Anonymous")).isPositive();
        }
    }

    @Test
    void javaGivesBackItsArchiveAndServesOn() throws Exception {
        int port = AnsweringEnvoy.freePort();
        ProcessBuilder builder = new ProcessBuilder(
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
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(folder, "java", ".log").toFile());
        builder.environment().putAll(environment);
        Process java = builder.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
                    .build();
            await().atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> client.send(request, BodyHandlers.discarding()).statusCode() == OK);
            AtomicLong most = new AtomicLong();
            await().atMost(SOON)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> archive(java) < most.accumulateAndGet(archive(java), Math::max) / 2);
            assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(OK);
        } finally {
            java.destroyForcibly();
        }
    }

    /** KiB in memory of what is only read of the archive of classes. */
    private static long archive(Process java) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(java.pid()), "smaps")).stream()
                .dropWhile(line -> !(line.contains(" r--p ") && line.endsWith(".jsa")))
                .filter(line -> line.startsWith("Rss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** Sends requests, each of which has to be answered, until there was less of its code in memory for so many times. */
    private static void givesBack(AnsweringEnvoy envoy, int times) throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        long before = 0;
        for (int fallen = 0; fallen < times; ) {
            assertThat(envoy.answer()).isEqualTo(OK);
            long now = envoy.pages().kibibytes("Rss");
            fallen += now < before ? 1 : 0;
            before = now;
            assertThat(System.nanoTime()).as("gave back %d times", fallen).isLessThan(end);
        }
        assertThat(envoy.answer()).isEqualTo(OK);
    }

    @Test
    @Tag("netns")
    void iptablesRestoreIsLeftAlone() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("unshare", "--net", "iptables-restore", "--noflush").redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process restore = builder.start();
        try {
            Path process = Path.of("/proc", Long.toString(restore.pid()));
            await().atMost(SOON).until(() -> has(process, "xtables-") && has(process, "giveback.so"));
            try (var threads = Files.list(process.resolve("task"))) {
                assertThat(threads).hasSize(1);
            }
            restore.outputWriter().append("*nat\nCOMMIT\n").close();

            assertThat(restore.inputReader().readAllAsString()).isEmpty();
            assertThat(restore.waitFor()).isZero();
        } finally {
            restore.destroyForcibly();
        }
    }

    /** Whether the process has mapped a file with this in its name. */
    private static boolean has(Path process, String name) throws IOException {
        return Files.readString(process.resolve("maps")).contains(name);
    }
}
