package io.osmj.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmj.cli.CommandLineRun;
import io.osmj.cli.cluster.RealApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code osm validate} says of values is what an API server does with them. */
@Tag("apiserver")
@ExtendWith(RealApiServer.class)
class ValuesOfAnApiServerTest {
    private static final Path FILES = Path.of("../objects/src/test/resources/io/osmj/objects/folder");
    private final KubernetesClient client;

    @TempDir
    private Path folder = Path.of("");

    ValuesOfAnApiServerTest(KubernetesClient client) {
        this.client = client;
    }

    static Stream<String> refused() throws IOException {
        return documents("refused-values.yaml");
    }

    static Stream<String> taken() throws IOException {
        return documents("taken-values.yaml");
    }

    private static Stream<String> documents(String file) throws IOException {
        return Stream.of(Files.readString(FILES.resolve(file)).split("(?m)^---$"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void bothRefuse(String object) throws IOException {
        assertThat(validate(object)).isEqualTo(1);
        assertThatThrownBy(() -> create(object))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refusal -> assertThat(refusal.getCode()).isIn(400, 404, 422));
    }

    @ParameterizedTest
    @MethodSource("taken")
    void bothTake(String object) throws IOException {
        assertThat(validate(object)).isZero();
        assertThatCode(() -> create(object)).doesNotThrowAnyException();
    }

    private int validate(String object) throws IOException {
        Files.writeString(folder.resolve("object.yaml"), object);
        return CommandLineRun.of("validate", "-f", folder.toString()).exitCode();
    }

    /** Goes through all checks and stores nothing; sent as it is written, since the client's model would mend types. */
    private void create(String object) {
        JsonNode tree = client.getKubernetesSerialization().unmarshal(object, JsonNode.class);
        String version = tree.path("apiVersion").asText();
        String kind = tree.path("kind").asText().toLowerCase(Locale.ROOT) + "s";
        String namespace = tree.at("/metadata/namespace").asText();
        client.raw(
                (version.contains("/") ? "/apis/" : "/api/") + version + "/"
                        + (namespace.isEmpty() ? "" : "namespaces/" + namespace + "/") + kind + "?dryRun=All",
                "POST",
                tree);
    }
}
