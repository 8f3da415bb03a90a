package io.osmj.injector.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.injector.InjectionResult.Patched;
import io.osmj.injector.bootstrap.Kubelet;
import io.osmj.injector.pod.Container;
import io.osmj.injector.pod.Pod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real Envoy is started to look at the command line of every sidecar that a case has produced. */
@Tag("envoy")
class GoldenBootstrapTest {
    private static final Path ENVOY = Path.of(
            System.getProperty("osm.envoy", System.getProperty("user.home") + "/.cache/osm-java/envoy-1.40.0/envoy"));

    static List<GoldenCase> cases() {
        return GoldenCase.all().stream()
                .filter(test -> test.result() instanceof Patched)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void envoyTakesTheCommandLine(GoldenCase test) throws IOException {
        Patched result = (Patched) test.result();
        List<String> arguments = new Pod(result.pod(), "shop")
                .allContainers().stream()
                        .filter(container -> container.name().equals("envoy"))
                        .flatMap(GoldenBootstrapTest::arguments)
                        .toList();
        Process envoy = new ProcessBuilder(Stream.concat(
                                Stream.of(ENVOY.toString(), "--mode", "validate", "--reject-unknown-dynamic-fields"),
                                arguments.stream())
                        .toList())
                .redirectErrorStream(true)
                .start();
        String output = new String(envoy.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(envoy.onExit().join().exitValue()).as(output).isZero();
        assertThat(output).endsWith("configuration '' OK\n").doesNotContain("[warning]");
    }

    private static Stream<String> arguments(Container container) {
        return container
                .tree()
                .path("args")
                .valueStream()
                .map(JsonNode::asText)
                .map(argument -> Kubelet.expand(argument, "10.244.0.9"))
                .map(argument -> argument.matches("error|debug") ? "warning" : argument);
    }
}
