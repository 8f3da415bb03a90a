package io.osmj.cli.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.intercept.Interception;
import io.osmj.core.names.Annotations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The exclusion lists of a pod: those it was created with, and those it would be created with now. */
final class ListsInForce {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");

    private ListsInForce() {}

    /** What the injector wrote on the pod; empty on a pod that has no sidecar of ours. */
    static Optional<Interception> atCreation(Pod pod) {
        return Optional.ofNullable(annotations(pod).get(Annotations.INTERCEPTION))
                .flatMap(ListsInForce::read);
    }

    /** The mesh's lists and the pod's own together. */
    static Interception now(Pod pod, Interception ofTheMesh) {
        var annotations = annotations(pod);
        return ofTheMesh.union(new Interception(
                ports(annotations, Annotations.OUTBOUND_PORT_EXCLUSIONS),
                ports(annotations, Annotations.INBOUND_PORT_EXCLUSIONS),
                ranges(annotations, Annotations.OUTBOUND_RANGE_EXCLUSIONS),
                ranges(annotations, Annotations.OUTBOUND_RANGE_INCLUSIONS),
                List.of()));
    }

    static Map<String, String> annotations(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getAnnotations()).orElse(Map.of());
    }

    private static Optional<Interception> read(String text) {
        try {
            var json = JSON.readTree(text);
            return Optional.of(new Interception(
                    items(json, "outboundPorts").map(JsonNode::asInt).toList(),
                    items(json, "inboundPorts").map(JsonNode::asInt).toList(),
                    items(json, "outboundExclusions")
                            .flatMap(ListsInForce::range)
                            .toList(),
                    items(json, "outboundInclusions")
                            .flatMap(ListsInForce::range)
                            .toList(),
                    items(json, "interfaces").map(JsonNode::asText).toList()));
        } catch (JsonProcessingException notOurs) {
            return Optional.empty();
        }
    }

    private static Stream<JsonNode> items(JsonNode json, String field) {
        return StreamSupport.stream(json.path(field).spliterator(), false);
    }

    private static Stream<Cidr> range(JsonNode item) {
        return Cidr.parse(item.asText()).stream();
    }

    private static List<Integer> ports(Map<String, String> annotations, String key) {
        return items(annotations, key)
                .filter(item -> NUMBER.matcher(item).matches())
                .map(Integer::valueOf)
                .toList();
    }

    private static List<Cidr> ranges(Map<String, String> annotations, String key) {
        return items(annotations, key)
                .flatMap(item -> Cidr.parse(item).stream())
                .toList();
    }

    private static Stream<String> items(Map<String, String> annotations, String key) {
        return Optional.ofNullable(annotations.get(key)).stream()
                .flatMap(COMMA::splitAsStream)
                .map(String::strip);
    }
}
