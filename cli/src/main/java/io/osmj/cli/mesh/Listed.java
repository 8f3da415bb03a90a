package io.osmj.cli.mesh;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * What a command that lists things wants to know of an object. Read without the library's types: to learn those of a pod
 * takes longer than to fetch it.
 *
 * @param namespace empty for objects outside of namespaces
 * @param phase of a pod or a namespace, else empty
 * @param ready whether a pod says that it is
 * @param ending whether it is being deleted
 */
public record Listed(
        String namespace,
        String name,
        Map<String, String> labels,
        Map<String, String> annotations,
        String phase,
        boolean ready,
        boolean ending)
        implements Comparable<Listed> {
    private static final Comparator<Listed> ORDER = comparing(Listed::namespace).thenComparing(Listed::name);
    private static final ObjectMapper JSON = new ObjectMapper();

    public Listed {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** The objects of a collection whose labels match a selector, sorted by namespace and name. */
    public static List<Listed> at(KubernetesClient client, String path, String selector) {
        var query = "?labelSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8);
        var items = tree(client.raw(path + query)).path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(Listed::read)
                .sorted()
                .toList();
    }

    public Optional<String> label(String key) {
        return Optional.ofNullable(labels.get(key));
    }

    public Optional<String> annotation(String key) {
        return Optional.ofNullable(annotations.get(key));
    }

    @Override
    public int compareTo(Listed other) {
        return ORDER.compare(this, other);
    }

    /** The fields of a flat JSON object, sorted. */
    static SortedMap<String, String> fields(String json) {
        return texts(tree(json));
    }

    /** The flat objects of a JSON list, each as its fields. */
    static List<SortedMap<String, String>> rows(String json) {
        return StreamSupport.stream(tree(json).spliterator(), false)
                .map(Listed::texts)
                .toList();
    }

    private static Listed read(JsonNode object) {
        var metadata = object.path("metadata");
        return new Listed(
                metadata.path("namespace").asText(),
                metadata.path("name").asText(),
                texts(metadata.path("labels")),
                texts(metadata.path("annotations")),
                object.path("status").path("phase").asText(),
                ready(object.path("status").path("conditions")),
                metadata.hasNonNull("deletionTimestamp"));
    }

    private static boolean ready(JsonNode conditions) {
        return StreamSupport.stream(conditions.spliterator(), false)
                .anyMatch(condition -> condition.path("type").asText().equals("Ready")
                        && condition.path("status").asText().equals("True"));
    }

    private static SortedMap<String, String> texts(JsonNode object) {
        var texts = new TreeMap<String, String>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("the API server's answer is no JSON: " + fault.getOriginalMessage(), fault);
        }
    }
}
