package io.osmj.integration.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo ends, one way or another, and nothing of it is left over. */
@Tag("envoy")
@Tag("netns")
class EndTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @CsvSource({
        "NAMESPACES, INT",
        "NAMESPACES, TERM",
        "NAMESPACES, KILL",
        "LISTENERS, INT",
        "LISTENERS, TERM",
        "LISTENERS, KILL"
    })
    void nothingIsLeftWhicheverWayItEnds(Way way, String signal) throws Exception {
        nothingIsLeft(way, signal);
    }

    @Test
    @EnabledIf("io.osmj.integration.demo.Way#usersHaveIds")
    void nothingIsLeftOfAUsersNamespaceEither() throws Exception {
        nothingIsLeft(Way.NAMESPACES_OF_A_USER, "KILL");
    }

    private void nothingIsLeft(Way way, String signal) throws Exception {
        try (RunningDemo demo = start(way)) {
            demo.awaitFirstStep();
            List<ProcessHandle> family = demo.family();
            assertThat(family)
                    .as("the control plane, four applications and their Envoys at least")
                    .hasSizeGreaterThan(9);

            demo.signal(signal);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(family.stream()
                                    .filter(ProcessHandle::isAlive)
                                    .map(process -> process.info().commandLine()))
                            .isEmpty());
            assertThat(Path.of("/run/osm-demo"))
                    .as("its files are in memory of its own")
                    .doesNotExist();
            assertThat(Files.exists(Path.of("/run/netns/visitor"))).isFalse();
            await().atMost(SOON).untilAsserted(() -> assertThat(temporary).isEmptyDirectory());
        }
    }

    @Test
    void whoKillsTheProgramItselfLeavesAFolderThatTheNextStartRemoves() throws Exception {
        try (RunningDemo demo = start(Way.LISTENERS)) {
            demo.awaitFirstStep();
            List<ProcessHandle> family = demo.family();

            demo.program().destroyForcibly();

            assertThat(demo.exit()).isNotZero();
            await().atMost(SOON).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
        }
        Path left = onlyFolder();
        try (RunningDemo next = start(Way.LISTENERS)) {
            next.awaitFirstStep();
            assertThat(left).doesNotExist();
            assertThat(onlyFolder()).as("its own").isDirectory();

            next.signal("INT");

            await().atMost(SOON).untilAsserted(() -> assertThat(temporary).isEmptyDirectory());
        }
    }

    /** A demo that does not see the folders of other ones. */
    private RunningDemo start(Way way) throws IOException {
        return RunningDemo.start(way, Map.of("TMPDIR", temporary.toString()));
    }

    private Path onlyFolder() throws IOException {
        try (Stream<Path> all = Files.list(temporary)) {
            List<Path> folders = all.toList();
            assertThat(folders).hasSize(1);
            return folders.getFirst();
        }
    }
}
