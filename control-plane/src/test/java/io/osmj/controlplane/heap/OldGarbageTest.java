package io.osmj.controlplane.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In virtual machines of their own, with the collector that the image has. */
final class OldGarbageTest {
    @Test
    void theCollectorAloneLeavesOldGarbageWhileThereIsRoom() throws Exception {
        assertThat(collections("-XX:+UseSerialGC")).isZero();
    }

    @Test
    void oldGarbageIsCollectedThoughThereIsRoom() throws Exception {
        assertThat(collections("-XX:+UseSerialGC", "kept")).isEqualTo(3);
    }

    @Test
    void anotherCollectorIsLeftAlone() throws Exception {
        assertThat(collections("-XX:+UseParallelGC", "kept")).isZero();
    }

    private static int collections(String collector, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                collector,
                "-Xmx512m",
                "-XX:NewSize=4m",
                "-XX:NewRatio=9",
                "-cp",
                System.getProperty("java.class.path"),
                Grower.class.getName()));
        command.addAll(List.of(arguments));
        Process program = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).isZero();
        return Integer.parseInt(printed.strip());
    }
}
