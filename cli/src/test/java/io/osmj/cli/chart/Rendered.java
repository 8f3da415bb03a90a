package io.osmj.cli.chart;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.osmj.cli.install.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What the chart renders for some values.
 *
 * @param objects in the order in which Helm prints them
 */
record Rendered(List<HasMetadata> objects) {
    static final Path CHART = Path.of("..", "charts", "osm");
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    /** Renders for the namespace osm-system with values as {@code --set} takes them. */
    static Rendered with(String... values) {
        try {
            var file = Files.createTempFile("values", ".yaml");
            Files.writeString(file, Values.of(List.of(values)).asYaml());
            var yaml = new Helm(CHART)
                    .template()
                    .withName("osm")
                    .withNamespace("osm-system")
                    .withKubeVersion("1.34.4")
                    .skipCrds()
                    .withValuesFile(file)
                    .call();
            Files.delete(file);
            return of(yaml);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What a rendered text holds. */
    static Rendered of(String yaml) {
        return new Rendered(documents(yaml));
    }

    private static List<HasMetadata> documents(String yaml) {
        return Arrays.stream(yaml.split("(?m)^---$"))
                .filter(document -> document.lines().anyMatch(line -> line.startsWith("kind:")))
                .map(document -> YAML.<HasMetadata>unmarshal(document))
                .toList();
    }

    /** The only object of a type and name. */
    <T> T only(Class<T> type, String name) {
        var found = objects.stream()
                .filter(type::isInstance)
                .filter(object -> object.getMetadata().getName().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(
                    found.size() + " objects " + type.getSimpleName() + " " + name + " among " + names());
        }
        return type.cast(found.getFirst());
    }

    /** All objects as YAML, sorted. */
    List<String> sorted() {
        return objects.stream().map(YAML::asYaml).sorted().toList();
    }

    GenericKubernetesResource meshConfig() {
        return only(GenericKubernetesResource.class, "osm-mesh-config");
    }

    /** Kind and name of all objects, sorted. */
    List<String> names() {
        return objects.stream()
                .map(object -> object.getKind() + " " + object.getMetadata().getName())
                .sorted()
                .toList();
    }
}
