package io.osmj.injector.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A container of ours over what an earlier injection left of it. Fields of ours replace; what the API server or another
 * webhook has added since stays, so that two webhooks do not undo each other's work.
 */
final class Overlay {
    private static final Map<String, String> KEYS = Map.of("env", "name", "volumeMounts", "mountPath");

    private Overlay() {}

    static ObjectNode of(JsonNode earlier, ObjectNode ours) {
        if (!(earlier instanceof ObjectNode present)) {
            return ours;
        }
        ObjectNode result = present.deepCopy();
        result.remove("restartPolicy");
        result.setAll(ours);
        KEYS.forEach((list, key) -> {
            ArrayNode joined = joined(ours.path(list), present.path(list), key);
            if (!joined.isEmpty()) {
                result.set(list, joined);
            }
        });
        return result;
    }

    private static ArrayNode joined(JsonNode ours, JsonNode present, String key) {
        ArrayNode joined = JsonNodeFactory.instance.arrayNode();
        Set<String> known = new TreeSet<>();
        for (JsonNode list : new JsonNode[] {ours, present}) {
            for (JsonNode item : list) {
                if (known.add(item.path(key).asText())) {
                    joined.add(item);
                }
            }
        }
        return joined;
    }
}
