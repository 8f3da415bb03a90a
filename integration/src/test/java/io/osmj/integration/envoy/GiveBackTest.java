package io.osmj.integration.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.osmj.integration.cluster.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library of the sidecar's image, with shorter times, in a real Envoy. */
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
                "../images/sidecar/build", library.toString(), "-DFIRST_SECONDS=2", "-DAGAIN_SECONDS=1"));
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
