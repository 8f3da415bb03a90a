package io.osmj.integration.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The demo for real: Envoys, and network namespaces with iptables or local listeners. Its steps judge themselves by answers that applications got; here
 * it counts that none is left out, and that nothing of it is left over.
 */
@Tag("envoy")
@Tag("netns")
class DemoTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @ParameterizedTest
    @EnumSource(value = Way.class, mode = EnumSource.Mode.EXCLUDE, names = "DAPR")
    void everyStepHoldsAlsoThoseThatKillProcesses(Way way) throws Exception {
        try (RunningDemo demo = RunningDemo.start(way)) {
            int code = demo.exit();

            assertThat(code).as("%s", demo.lines()).isZero();
            assertThat(demo.lines().getFirst()).startsWith("- " + way.told());
            assertThat(demo.lines().stream().filter(line -> line.startsWith("✓")))
                    .satisfiesExactly(
                            line -> assertThat(line).contains("permissive", "visitor → stock 200"),
                            line -> assertThat(line).contains("strict", "shop → stock 403", "visitor → shop 403"),
                            line -> assertThat(line)
                                    .contains("two TrafficTargets", "shop → stock 200", "visitor → stock 403"),
                            line -> assertThat(line).contains("TrafficSplit", "% by stock-v2 of the last 20"),
                            line -> assertThat(line).contains("root of trust rotated", "no answer changed"),
                            line -> assertThat(line).contains("control plane killed, no answer changed"),
                            line -> assertThat(line).contains("Envoy of stock killed", "visitor → shop went on"),
                            line -> assertThat(line).contains("stock killed", "answered 503"));
        }
    }

    @Test
    @EnabledIf("aDaprdIsThere")
    void throughDaprEveryStepHoldsToo() throws Exception {
        try (RunningDemo demo = RunningDemo.start(Way.DAPR)) {
            int code = demo.exit();

            assertThat(code).as("%s", demo.lines()).isZero();
            assertThat(demo.lines().getFirst())
                    .startsWith("- " + Way.DAPR.told())
                    .contains("a daprd in each pod");
            assertThat(demo.lines().stream().filter(line -> line.startsWith("✓")))
                    .satisfiesExactly(
                            line -> assertThat(line).contains("permissive", "visitor → stock 200"),
                            line -> assertThat(line)
                                    .contains("strict", "on the connections that the daprds had", "403"),
                            line -> assertThat(line).contains("two TrafficTargets", "visitor → stock 403"),
                            line -> assertThat(line).contains("root of trust rotated", "no answer changed"),
                            line -> assertThat(line).contains("control plane killed, no answer changed"),
                            line -> assertThat(line).contains("Envoy of stock killed", "visitor → shop went on"),
                            line -> assertThat(line).contains("stock killed, its daprd answered 500"),
                            line -> assertThat(line).contains("daprd of stock killed", "visitor → shop went on"));
        }
    }

    static boolean aDaprdIsThere() throws IOException {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "osm-java");
        try (var built = Files.newDirectoryStream(cache, "dapr-*")) {
            return built.iterator().hasNext();
        }
    }

    @Test
    void withoutADaprdItSaysWhereToGetOne() throws Exception {
        Map<String, String> nowhere = Map.of("OSM_JAVA_CACHE", "/nonexistent", "PATH", "/usr/bin:/bin");
        try (RunningDemo demo = RunningDemo.start(Way.DAPR, nowhere)) {
            assertThat(demo.exit()).isEqualTo(1);
            assertThat(demo.lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains("--dapr needs a daprd", "scripts/parts/dapr", "dapr init --slim"));
        }
    }

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
        Set<Path> before = temporaryFolders();
        try (RunningDemo demo = RunningDemo.start(way)) {
            await().atMost(LIMIT).until(() -> demo.told("✓ permissive"));
            List<ProcessHandle> family = demo.family();
            assertThat(family)
                    .as("the control plane, four applications and their Envoys at least")
                    .hasSizeGreaterThan(9);

            demo.signal(signal);

            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(family.stream()
                                    .filter(ProcessHandle::isAlive)
                                    .map(process -> process.info().commandLine()))
                            .isEmpty());
            assertThat(Path.of("/run/osm-demo"))
                    .as("its files are in memory of its own")
                    .doesNotExist();
            assertThat(Files.exists(Path.of("/run/netns/visitor"))).isFalse();
            await().atMost(Duration.ofSeconds(15)).until(() -> before.containsAll(temporaryFolders()));
        }
    }

    @Test
    void whoKillsTheProgramItselfLeavesAFolderThatTheNextStartRemoves() throws Exception {
        Set<Path> before = temporaryFolders();
        try (RunningDemo demo = RunningDemo.start(Way.LISTENERS)) {
            await().atMost(LIMIT).until(() -> demo.told("✓ permissive"));
            List<ProcessHandle> family = demo.family();

            demo.program().destroyForcibly();

            assertThat(demo.exit()).isNotZero();
            await().atMost(Duration.ofSeconds(15)).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(temporaryFolders()).hasSize(before.size() + 1);
        }
        try (RunningDemo next = RunningDemo.start(Way.LISTENERS)) {
            await().atMost(LIMIT).until(() -> next.told("- "));
            await().atMost(LIMIT).until(() -> temporaryFolders().size() == before.size() + 1);
            next.signal("INT");
            await().atMost(LIMIT).until(() -> before.containsAll(temporaryFolders()));
        }
    }

    /** Else a peer could name a destination that a chain of another port is for, or come as somebody else. */
    @Test
    void aSidecarWithoutInterceptionBelievesNoPeersHeader() throws Exception {
        try (RunningDemo demo = RunningDemo.start(Way.LISTENERS)) {
            await().atMost(LIMIT).until(() -> demo.told("✓ permissive"));
            String network = demo.lines().getFirst().replaceFirst(".* on (127\\.\\d+)\\.0\\.0/16.*", "$1");
            String request = "GET / HTTP/1.1\r\nhost: stock\r\n\r\n";

            assertThat(answer(network + ".1.12", 8080, request))
                    .as("what the application says to its sidecar")
                    .startsWith("HTTP/1.1 200");
            assertThat(answer(network + ".0.12", 8080, "PROXY TCP4 127.0.0.1 127.0.0.1 1 8080\r\n" + request))
                    .isEmpty();
            assertThat(answer(network + ".0.12", 8080, request)).isEmpty();
        }
    }

    /** What comes first on a connection, until it is closed or nothing comes any more. */
    private static String answer(String address, int port, String request) throws IOException {
        try (Socket socket = new Socket(address, port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), US_ASCII);
        } catch (SocketException reset) {
            return "";
        }
    }

    private static Set<Path> temporaryFolders() throws IOException {
        try (var all = Files.newDirectoryStream(Path.of("/tmp"), "osm-demo-*")) {
            Set<Path> folders = new HashSet<>();
            all.forEach(folders::add);
            return folders;
        }
    }
}
