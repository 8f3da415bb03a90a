package io.osmj.integration.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.osmj.integration.cluster.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
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
        environment = built("often", "-DLAST_MILLISECONDS=1000u");
    }

    /** The environment of a program that gives back. */
    private static Map<String, String> built(String name, String... options) {
        Path library = folder.resolve(name).resolve("giveback.so");
        Command.run(Command.script(
                "../images/giveback/build",
                Stream.concat(Stream.of(library.toString()), Stream.of(options)).toArray(String[]::new)));
        return Map.of("LD_PRELOAD", library.toString());
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
        javaGivesBack(environment);
    }

    @Test
    void javaDoesNotWaitWhereThereIsMuch() throws Exception {
        javaGivesBack(
                built("much", "-DFIRST_MILLISECONDS=600000u", "-DLOOK_MILLISECONDS=100u", "-DMUCH_BYTES=(1u<<20)"));
    }

    private static void javaGivesBack(Map<String, String> with) throws Exception {
        long needed;
        try (AnsweringJava plain = new AnsweringJava(folder, Map.of())) {
            needed = plain.archive();
        }
        try (AnsweringJava java = new AnsweringJava(folder, with)) {
            await().atMost(SOON).until(() -> java.archive() < needed / 2);
            assertThat(java.answer()).isEqualTo(OK);
        }
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
