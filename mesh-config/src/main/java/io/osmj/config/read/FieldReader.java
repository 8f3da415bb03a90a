package io.osmj.config.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads fields below one node of one object and notes what is wrong with the path of the field. */
final class FieldReader {
    static final long HIGHEST = 0xFFFF_FFFFL;

    private final ObjectRef object;
    private final JsonNode node;
    private final String path;
    private final List<Problem> problems;

    FieldReader(ObjectRef object, JsonNode node, String path, List<Problem> problems) {
        this.object = object;
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    FieldReader at(String field) {
        return new FieldReader(object, node.path(field), path + "." + field, problems);
    }

    /** Readers of the items of a list, whatever they are. */
    List<FieldReader> items(String field) {
        List<FieldReader> items = new ArrayList<>();
        JsonNode list = node.path(field);
        for (int index = 0; list.isArray() && index < list.size(); index++) {
            items.add(new FieldReader(object, list.get(index), path + "." + field + "[" + index + "]", problems));
        }
        return items;
    }

    JsonNode node() {
        return node;
    }

    boolean flag(String field, boolean absent) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return absent;
        }
        if (!value.isBoolean()) {
            wrongType(field, value, "true or false");
        }
        return value.asBoolean(absent);
    }

    int number(String field, int absent) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return absent;
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            wrongType(field, value, "a whole number");
            return absent;
        }
        return value.intValue();
    }

    /** A number as high as Envoy counts. */
    long count(String field, long absent, long lowest) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return absent;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < lowest
                || value.longValue() > HIGHEST) {
            wrongType(field, value, "a whole number from " + lowest + " to " + HIGHEST);
            return absent;
        }
        return value.longValue();
    }

    /** A text; the default also stands in for an empty one, as OSM has it. */
    String text(String field, String absent) {
        String value = node.path(field).asText("");
        return value.isEmpty() ? absent : value;
    }

    /** The items of a list that can be read; each that cannot is a problem of its own. */
    <T> List<T> list(String field, ProblemCode code, String wanted, Function<JsonNode, Optional<T>> read) {
        List<T> items = new ArrayList<>();
        JsonNode list = node.path(field);
        for (int index = 0; index < list.size(); index++) {
            Optional<T> item = read.apply(list.get(index));
            item.ifPresent(items::add);
            if (item.isEmpty()) {
                problem(code, field + "[" + index + "]", quoted(list.get(index)) + " is not " + wanted + ".", wanted);
            }
        }
        return items;
    }

    /** Notes a problem with a field below this node; the remedy says what to write there. */
    void problem(ProblemCode code, String field, String message, String wanted) {
        problems.add(new Problem(code, object, path + "." + field, message, "Write " + wanted + " there."));
    }

    /** The same with a remedy in words of its own. */
    void note(ProblemCode code, String field, String message, String remedy) {
        problems.add(new Problem(code, object, path + "." + field, message, remedy));
    }

    private void wrongType(String field, JsonNode value, String wanted) {
        problem(ProblemCode.M1005, field, quoted(value) + " is not " + wanted + ".", wanted);
    }

    private static String quoted(JsonNode value) {
        return "'" + value.asText(value.toString()) + "'";
    }
}
