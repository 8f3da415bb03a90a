package io.osmj.injector.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.intercept.Interception;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.settings.Resources;
import io.osmj.core.settings.SidecarSettings;
import io.osmj.injector.InjectionResult;
import io.osmj.injector.Injector;
import io.osmj.injector.request.InjectionRequest;
import io.osmj.injector.request.MeshFacts;
import io.osmj.injector.request.NamespaceFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One folder.
 *
 * @param folder has {@code pod.yaml}, perhaps {@code request.yaml}, and perhaps {@code between.yaml}: containers that
 *     another webhook adds after a first injection
 */
public record GoldenCase(Path folder) {
    static final Path ROOT = Path.of("src/test/resources/golden");

    /** All cases, by name. */
    public static List<GoldenCase> all() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(GoldenCase::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ObjectNode pod() {
        return Yaml.read(folder.resolve("pod.yaml"));
    }

    /** What becomes of the pod, after the second injection if there are two. */
    public InjectionResult result() {
        InjectionResult first = new Injector().inject(pod(), request());
        if (!(Yaml.read(folder.resolve("between.yaml")).path("containers") instanceof ArrayNode added)
                || !(first instanceof InjectionResult.Patched(ArrayNode _, ObjectNode patched, var _))) {
            return first;
        }
        ObjectNode changed = patched.deepCopy();
        changed.withObjectProperty("spec").withArrayProperty("containers").addAll(added);
        return new Injector().inject(changed, request());
    }

    public InjectionRequest request() {
        ObjectNode given = Yaml.read(folder.resolve("request.yaml"));
        MeshFacts mesh = new MeshFacts(
                "osm",
                "osm-system",
                "example.org/osm-sidecar:1",
                "example.org/osm-init:1",
                "IfNotPresent",
                "-----BEGIN CERTIFICATE-----\nthe mesh's\n-----END CERTIFICATE-----\n",
                given.path("nativeSidecars").asBoolean(true));
        return new InjectionRequest(
                namespace(given.path("namespace")), settings(given), mesh, "6e5ea1c7-0000-4000-8000-000000000001");
    }

    private static NamespaceFacts namespace(JsonNode given) {
        return new NamespaceFacts(
                given.path("name").asText("shop"),
                given.has("labels") ? texts(given.path("labels")) : Map.of("openservicemesh.io/monitored-by", "osm"),
                given.has("annotations")
                        ? texts(given.path("annotations"))
                        : Map.of("openservicemesh.io/sidecar-injection", "enabled"));
    }

    private static MeshSettings settings(ObjectNode given) {
        SidecarSettings sidecar = new SidecarSettings(
                given.path("logLevel").asText("error"),
                given.path("envoyImage").asText(),
                given.path("initContainerImage").asText(),
                given.path("privilegedInitContainer").asBoolean(),
                new Resources(texts(given.path("requests")), texts(given.path("limits"))),
                given.path("podIpMode").asBoolean(),
                0,
                SidecarSettings.Tls.DEFAULT);
        Interception lists = new Interception(
                list(given.path("outboundPorts"), JsonNode::intValue),
                list(given.path("inboundPorts"), JsonNode::intValue),
                list(given.path("outboundExclusions"), GoldenCase::range),
                list(given.path("outboundInclusions"), GoldenCase::range),
                list(given.path("interfaces"), JsonNode::textValue));
        MeshSettings without = MeshSettings.WITHOUT_MESH_CONFIG;
        return new MeshSettings(
                new MeshSettings.Traffic(true, true, true, lists),
                sidecar,
                without.certificate(),
                without.observability());
    }

    private static Cidr range(JsonNode item) {
        return Cidr.parse(item.asText()).orElseThrow();
    }

    private static <T> List<T> list(JsonNode items, Function<JsonNode, T> read) {
        List<T> values = new ArrayList<>();
        items.forEach(item -> values.add(read.apply(item)));
        return values;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
