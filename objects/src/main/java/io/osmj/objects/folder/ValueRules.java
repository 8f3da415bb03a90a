package io.osmj.objects.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What an API server asks of values by its program and no schema says: ports, names, labels. The rules stand in values.yaml. */
final class ValueRules {
    private static final ObjectNode RULES = Bundled.yaml("folder/values.yaml");
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012());
    private static final Map<String, Schema> BY_KIND = new ConcurrentHashMap<>();

    private ValueRules() {}

    /**
     * A value that would be refused.
     *
     * @param field its path
     * @param message what is wrong, one sentence
     * @param remedy what to do, one sentence
     */
    record Fault(String field, String message, String remedy) {}

    static List<Fault> check(SourceObject object) {
        String kind = BuiltInKinds.reads(object) && RULES.path("$defs").has(object.kind()) ? object.kind() : "Other";
        return BY_KIND.computeIfAbsent(kind, ValueRules::schema).validate(object.tree()).stream()
                .map(ValueRules::fault)
                .distinct()
                .toList();
    }

    private static Schema schema(String kind) {
        ObjectNode schema = RULES.deepCopy();
        schema.put("$ref", "#/$defs/" + kind);
        return REGISTRY.getSchema(schema);
    }

    private static Fault fault(Error error) {
        String path = Pointers.path(error.getInstanceLocation().toString());
        String property = error.getProperty();
        if (error.getKeyword().equals("required")) {
            return new Fault(Place.field(path, property), "The field is missing.", "Write it.");
        }
        JsonNode rule = rule(error);
        String found = property == null ? error.getInstanceNode().asText() : property;
        return new Fault(
                property == null ? path : Place.field(path, property),
                "'" + found + "' is not " + rule.path("title").asText("what the field takes") + ".",
                "Write " + rule.path("description").asText("what it takes") + ".");
    }

    /** The nearest words around the rule that was not kept. */
    private static JsonNode rule(Error error) {
        String location = error.getSchemaLocation().toString();
        String pointer = location.substring(location.indexOf('#') + 1);
        while (!pointer.isEmpty() && !RULES.at(pointer).has("title")) {
            pointer = pointer.substring(0, pointer.lastIndexOf('/'));
        }
        return RULES.at(pointer);
    }
}
