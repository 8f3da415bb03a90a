package io.osmj.injector.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.osmj.core.problem.Problem;
import io.osmj.injector.InjectionResult;
import io.osmj.injector.InjectionResult.Patched;
import io.osmj.injector.Injector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenTest {
    private static final List<String> OUTPUTS = List.of("result.yaml", "patched.yaml", "bootstrap.yaml");
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));

    static List<GoldenCase> cases() {
        return GoldenCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void comesOutAsWritten(GoldenCase test) throws IOException {
        Map<String, String> produced = outputs(test.result());
        if (WRITE) {
            for (String name : OUTPUTS) {
                Files.deleteIfExists(test.folder().resolve(name));
            }
            for (var file : produced.entrySet()) {
                Files.writeString(test.folder().resolve(file.getKey()), file.getValue());
            }
        }
        assertThat(produced)
                .as("%s: if the difference is wanted, run the test again with -Dgolden=write", test)
                .isEqualTo(written(test.folder()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void secondTimeChangesNothing(GoldenCase test) {
        if (test.result() instanceof Patched(ArrayNode _, ObjectNode patched, var _)) {
            InjectionResult second = new Injector().inject(patched, test.request());
            assertThat(second)
                    .isInstanceOfSatisfying(
                            Patched.class, result -> assertThat(result.patch()).isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void thePatchMakesThePatchedPod(GoldenCase test) {
        ObjectNode pod = test.pod();
        if (new Injector().inject(pod, test.request()) instanceof Patched(var patch, var patched, var _)) {
            assertThat(JsonPatch.apply(patch, test.pod())).isEqualTo(patched);
            assertThat(pod).as("the pod that was given").isEqualTo(test.pod());
        }
    }

    private static Map<String, String> written(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String name : OUTPUTS) {
            if (Files.exists(folder.resolve(name))) {
                files.put(name, Files.readString(folder.resolve(name)));
            }
        }
        return files;
    }

    private static Map<String, String> outputs(InjectionResult result) {
        return switch (result) {
            case InjectionResult.Untouched(String reason) ->
                new TreeMap<>(Map.of("result.yaml", Yaml.write(Map.of("untouched", reason))));
            case InjectionResult.Refused(List<Problem> problems) ->
                new TreeMap<>(Map.of("result.yaml", Yaml.write(Map.of("refused", told(problems)))));
            case Patched patched -> outputs(patched);
        };
    }

    /** The bootstrap is a file of its own, with line ends, so that its difference can be read. */
    private static Map<String, String> outputs(Patched result) {
        ObjectNode pod = result.pod().deepCopy();
        Map<String, String> files = new TreeMap<>();
        containers(pod)
                .filter(container -> container.path("name").asText().equals("envoy"))
                .map(container -> (ArrayNode) container.path("args"))
                .forEach(arguments -> {
                    files.put(
                            "bootstrap.yaml",
                            Yaml.write(Yaml.parse(arguments.get(1).asText())));
                    arguments.set(1, TextNode.valueOf("bootstrap.yaml"));
                });
        files.put("result.yaml", Yaml.write(Map.of("patched", Map.of("warnings", told(result.warnings())))));
        files.put("patched.yaml", Yaml.write(pod));
        return files;
    }

    private static Stream<JsonNode> containers(ObjectNode pod) {
        return Stream.of("initContainers", "containers")
                .flatMap(list -> pod.path("spec").path(list).valueStream());
    }

    private static List<Map<String, String>> told(List<Problem> problems) {
        return problems.stream().map(GoldenTest::told).toList();
    }

    private static Map<String, String> told(Problem problem) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("code", problem.code().name());
        told.put("object", problem.object().toString());
        told.put("field", problem.field());
        told.put("message", problem.message());
        told.put("remedy", problem.remedy());
        return told;
    }
}
