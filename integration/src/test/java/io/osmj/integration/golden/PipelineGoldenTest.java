package io.osmj.integration.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.cli.offline.Printed;
import io.osmj.core.problem.Problem;
import io.osmj.integration.envoy.EnvoyJudge;
import io.osmj.xds.render.Renderer;
import io.osmj.xds.resource.ResourceSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PipelineGoldenTest {
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));
    private static final int ORDERS = 20;

    static List<PipelineCase> cases() {
        return PipelineCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void comesOutAsWritten(PipelineCase test) throws IOException {
        Map<String, String> produced = outputs(test.result());
        if (WRITE) {
            write(test.folder(), produced);
        }
        assertThat(written(test.folder()))
                .as(
                        "%s: if the difference is wanted, run mvn -pl integration -am test -Dtest=PipelineGoldenTest"
                                + " -Dgolden=write and read what changed",
                        test)
                .isEqualTo(produced);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOrderOfObjectsMakesNoDifference(PipelineCase test) {
        Map<String, String> expected = outputs(test.result());
        for (int seed = 0; seed < ORDERS; seed++) {
            assertThat(outputs(test.shuffled(seed))).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Tag("envoy")
    @ParameterizedTest
    @MethodSource("cases")
    void envoyTakesIt(PipelineCase test) {
        test.result().plans().forEach((pod, plan) -> {
            ResourceSet resources = Renderer.render(plan);
            if (resources.size() > 0) {
                EnvoyJudge.Verdict verdict = EnvoyJudge.judge(resources);
                assertThat(verdict.exitCode()).as(pod + "\n" + verdict.output()).isZero();
            }
        });
    }

    private static Map<String, String> outputs(PipelineCase.Result result) {
        Map<String, String> files = new TreeMap<>();
        files.put("2-model.yaml", Printed.yaml(result.model()));
        result.plans().forEach((pod, plan) -> {
            files.put("3-plan." + pod + ".yaml", Printed.yaml(plan));
            files.put("4-envoy." + pod + ".yaml", Printed.yaml(Renderer.render(plan)));
        });
        if (!result.problems().isEmpty()) {
            files.put(
                    "problems.yaml",
                    Printed.yaml(
                            result.problems().stream().map(Problem::toString).toList()));
        }
        return files;
    }

    private static void write(Path folder, Map<String, String> files) throws IOException {
        for (String name : written(folder).keySet()) {
            Files.delete(folder.resolve(name));
        }
        for (var file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** Every file of the folder but the input, so that one that nothing produces any more is noticed. */
    private static Map<String, String> written(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                if (!file.getFileName().toString().equals("in.yaml")) {
                    files.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return files;
    }
}
