package io.osmj.objects.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A document of YAML as a JSON tree, with the line of each field. A field that holds null is left out, as the API does. */
final class NodeTree {
    /** Aliases multiply; nothing that a person writes comes near this. */
    private static final int MOST_NODES = 500_000;

    private static final int DEEPEST = 100;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> TRUE = Set.of("true", "yes", "on");

    private final Map<String, Integer> lines = new TreeMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private int nodes;
    private int depth;
    private boolean tooLarge;

    private NodeTree() {}

    /** Something that has no meaning in JSON. */
    record Fault(int line, String message) {}

    /** The tree, the lines by path, and what could not be taken over. */
    record Read(JsonNode tree, Map<String, Integer> lines, List<Fault> faults) {}

    static Read read(Node document) {
        NodeTree reader = new NodeTree();
        JsonNode tree = reader.tree(document, "");
        return new Read(tree, reader.lines, reader.faults);
    }

    /** The lines of what is below a path, by their paths from there. */
    static Map<String, Integer> below(Map<String, Integer> lines, String path) {
        Map<String, Integer> below = new TreeMap<>();
        lines.forEach((key, line) -> {
            if (key.startsWith(path + ".")) {
                below.put(key.substring(path.length() + 1), line);
            }
        });
        return below;
    }

    private JsonNode tree(Node node, String path) {
        nodes++;
        if (nodes > MOST_NODES || depth > DEEPEST) {
            if (!tooLarge) {
                fault(node, "The document is too large or too deep once its aliases are followed.");
            }
            tooLarge = true;
            return JSON.nullNode();
        }
        depth++;
        JsonNode tree = switch (node) {
            case MappingNode map -> object(map, path);
            case SequenceNode list -> array(list, path);
            case ScalarNode scalar -> scalar(scalar);
            default -> JSON.nullNode();
        };
        depth--;
        return tree;
    }

    private ObjectNode object(MappingNode map, String path) {
        ObjectNode object = JSON.objectNode();
        fill(object, map, path);
        return object;
    }

    private void fill(ObjectNode object, MappingNode map, String path) {
        Set<String> written = new HashSet<>();
        for (NodeTuple tuple : map.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                fault(tuple.getKeyNode(), "A key is no text.");
            } else if (key.getTag().equals(Tag.MERGE)) {
                merge(object, tuple.getValueNode(), path);
            } else {
                if (!written.add(key.getValue())) {
                    fault(key, "The key '" + key.getValue() + "' stands twice in one map.");
                }
                String field = Place.field(path, key.getValue());
                lines.put(field, key.getStartMark().getLine() + 1);
                put(object, key.getValue(), tree(tuple.getValueNode(), field));
            }
        }
    }

    private static void put(ObjectNode object, String key, JsonNode value) {
        if (value.isNull()) {
            object.remove(key);
        } else {
            object.set(key, value);
        }
    }

    /** {@code <<}: fields that are written out count before those merged in, wherever they stand. */
    private void merge(ObjectNode object, Node value, String path) {
        List<Node> sources = value instanceof SequenceNode list ? list.getValue() : List.of(value);
        for (Node source : sources) {
            if (tree(source, path) instanceof ObjectNode merged) {
                merged.properties().forEach(entry -> {
                    if (!object.has(entry.getKey())) {
                        object.set(entry.getKey(), entry.getValue());
                    }
                });
            } else {
                fault(source, "What is merged in is no map.");
            }
        }
    }

    private ArrayNode array(SequenceNode list, String path) {
        ArrayNode array = JSON.arrayNode();
        for (Node item : list.getValue()) {
            String field = path + "[" + array.size() + "]";
            lines.put(field, item.getStartMark().getLine() + 1);
            array.add(tree(item, field));
        }
        return array;
    }

    /** By the rules of YAML 1.1, as kubectl reads it; a date stays the text it is. */
    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(TRUE.contains(text.toLowerCase(Locale.ROOT)));
        }
        if (tag.equals(Tag.INT)) {
            return integer(text);
        }
        return tag.equals(Tag.FLOAT) ? decimal(text) : JSON.textNode(text);
    }

    private static JsonNode integer(String text) {
        String plain = text.replace("_", "").toLowerCase(Locale.ROOT);
        String digits = plain.replaceFirst("^[+-]", "");
        try {
            BigInteger value = magnitude(digits);
            BigInteger signed = plain.startsWith("-") ? value.negate() : value;
            return number(signed);
        } catch (NumberFormatException _) {
            // YAML 1.1 takes 22:22 for a number to the base of 60; nobody who writes it means that.
            return JSON.textNode(text);
        }
    }

    /** In the smallest type that holds it, as Jackson's own reader does and readers of the tree expect. */
    private static JsonNode number(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return JSON.numberNode(value.intValue());
        }
        return value.bitLength() < Long.SIZE ? JSON.numberNode(value.longValue()) : JSON.numberNode(value);
    }

    private static BigInteger magnitude(String digits) {
        if (digits.startsWith("0x")) {
            return new BigInteger(digits.substring(2), 16);
        }
        if (digits.startsWith("0b")) {
            return new BigInteger(digits.substring(2), 2);
        }
        return digits.length() > 1 && digits.startsWith("0")
                ? new BigInteger(digits.replaceFirst("^0o?", ""), 8)
                : new BigInteger(digits);
    }

    private static JsonNode decimal(String text) {
        try {
            return JSON.numberNode(new BigDecimal(text.replace("_", "")));
        } catch (NumberFormatException _) {
            return JSON.textNode(text);
        }
    }

    private void fault(Node node, String message) {
        faults.add(new Fault(node.getStartMark().getLine() + 1, message));
    }
}
