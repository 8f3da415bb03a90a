package io.osmj.integration.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The folder of a tutorial as it is: a buyer, a thief, a store in two versions, a warehouse and its database, each with a real
 * Envoy. What the folder expects of calls, and {@code osm policy test} holds to be so, is asked of the applications.
 */
@Tag("envoy")
@Tag("netns")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TutorialTest {
    private static final Path TUTORIAL = Path.of("../cli/src/test/resources/io/osmj/cli/offline/tutorial");
    private static final int CALLS = 200;

    private final FolderPods pods;

    TutorialTest(@TempDir Path work) throws IOException {
        pods = new FolderPods(TUTORIAL.toAbsolutePath().normalize(), work);
    }

    @BeforeAll
    void everybodyIsThere() throws IOException {
        pods.start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> buy().startsWith("200")
                        && !pods.listen("bookwarehouse/bookwarehouse", "bookwarehouse/mysql:3306")
                                .isEmpty());
    }

    @AfterAll
    void end() {
        pods.close();
    }

    static Stream<JsonNode> expectations() throws IOException {
        JsonNode file =
                new YAMLMapper().readTree(TUTORIAL.resolve("policy-test.yaml").toFile());
        return file.path("expect").valueStream();
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void whatTheFolderExpectsIsSo(JsonNode expected) {
        boolean allowed = expected.path("allow").asBoolean();
        String from = expected.path("from").asText();
        String to = expected.path("to").asText();
        if (to.endsWith(":3306")) {
            assertThat(pods.listen(from, to)).isEqualTo(allowed ? "mysql" : "");
            return;
        }
        List<String> options =
                new ArrayList<>(List.of("-X", expected.path("method").asText()));
        expected.path("headers")
                .properties()
                .forEach(header -> options.addAll(
                        List.of("-H", header.getKey() + ": " + header.getValue().asText())));

        assertThat(pods.call(from, to, expected.path("path").asText(), options.toArray(String[]::new)))
                .startsWith(allowed ? "200 " : "403");
    }

    @Test
    void theSecondVersionAnswersItsShareOfTheCalls() {
        long second = Stream.generate(this::buy)
                .limit(CALLS)
                .peek(answer -> assertThat(answer).isIn("200 bookstore", "200 bookstore-v2"))
                .filter(answer -> answer.equals("200 bookstore-v2"))
                .count();

        assertThat(second)
                .as("three quarters of %d, and less than five times the deviation of chance", CALLS)
                .isBetween(150L - 31, 150L + 31);
    }

    private String buy() {
        return pods.call("bookbuyer/bookbuyer", "bookstore/bookstore:14001", "/buy-a-book/new");
    }
}
