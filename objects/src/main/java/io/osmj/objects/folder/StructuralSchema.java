package io.osmj.objects.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Kubernetes' structural schemas in the words of JSON Schema: what a definition does not name is an unknown field, and what
 * Kubernetes says in words of its own ({@code x-kubernetes-int-or-string}, {@code nullable}) is said in the standard's.
 */
final class StructuralSchema {
    private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";

    private StructuralSchema() {}

    /** The schema of a whole object, whose first three fields are the same for all kinds. */
    static ObjectNode asJsonSchema(JsonNode openApi) {
        ObjectNode schema = convert(openApi);
        ObjectNode properties = schema.withObjectProperty("properties");
        properties.putObject("apiVersion").put("type", "string");
        properties.putObject("kind").put("type", "string");
        properties.putObject("metadata").put("type", "object");
        return schema;
    }

    private static ObjectNode convert(JsonNode from) {
        ObjectNode to = JsonNodeFactory.instance.objectNode();
        from.properties().forEach(entry -> {
            switch (entry.getKey()) {
                case "properties" -> to.set("properties", converted(entry.getValue()));
                case "items" -> to.set("items", convert(entry.getValue()));
                case "additionalProperties" ->
                    to.set(
                            "additionalProperties",
                            entry.getValue().isObject() ? convert(entry.getValue()) : entry.getValue());
                case "allOf", "anyOf", "oneOf" -> to.set(entry.getKey(), entry.getValue());
                case "description", "default", "nullable", "example" -> {}
                default -> keep(to, entry);
            }
        });
        types(from, to);
        boolean closed = to.has("properties")
                && !to.has("additionalProperties")
                && !from.path(PRESERVE).asBoolean();
        if (closed) {
            to.put("additionalProperties", false);
        }
        return to;
    }

    private static void keep(ObjectNode to, Map.Entry<String, JsonNode> entry) {
        if (!entry.getKey().startsWith("x-kubernetes-") || entry.getKey().equals(CelRules.KEYWORD)) {
            to.set(entry.getKey(), entry.getValue());
        }
    }

    private static ObjectNode converted(JsonNode properties) {
        ObjectNode to = JsonNodeFactory.instance.objectNode();
        properties.properties().forEach(entry -> to.set(entry.getKey(), convert(entry.getValue())));
        return to;
    }

    private static void types(JsonNode from, ObjectNode to) {
        if (from.path("x-kubernetes-int-or-string").asBoolean()) {
            ArrayNode both = to.putArray("type");
            both.add("integer").add("string");
            return;
        }
        if (from.path("nullable").asBoolean() && from.has("type")) {
            to.putArray("type").add(from.path("type")).add("null");
        }
    }
}
