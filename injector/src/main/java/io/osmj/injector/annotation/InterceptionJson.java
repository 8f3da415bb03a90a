package io.osmj.injector.annotation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.intercept.Interception;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The lists in force as the value of {@link io.osmj.core.names.Annotations#INTERCEPTION}:
 * {@code {"outboundPorts":[6379],"inboundPorts":[],...}}. Written at injection, and read again by whoever wants to know
 * whether MeshConfig has moved on since.
 */
public final class InterceptionJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private InterceptionJson() {}

    /** The lists as one line; equal lists give equal text. */
    public static String write(Interception lists) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        lists.outboundPorts().forEach(json.putArray("outboundPorts")::add);
        lists.inboundPorts().forEach(json.putArray("inboundPorts")::add);
        texts(json.putArray("outboundExclusions"), lists.outboundExclusions());
        texts(json.putArray("outboundInclusions"), lists.outboundInclusions());
        texts(json.putArray("interfaces"), lists.interfaces());
        return json.toString();
    }

    /** The lists of an injected pod; empty when somebody else has written there. */
    public static Optional<Interception> read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return Optional.of(new Interception(
                    items(json, "outboundPorts", InterceptionJson::port),
                    items(json, "inboundPorts", InterceptionJson::port),
                    items(json, "outboundExclusions", InterceptionJson::range),
                    items(json, "outboundInclusions", InterceptionJson::range),
                    items(json, "interfaces", InterceptionJson::name)));
        } catch (JsonProcessingException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static void texts(ArrayNode array, List<?> values) {
        values.forEach(value -> array.add(value.toString()));
    }

    private static <T> List<T> items(JsonNode json, String field, Function<JsonNode, Optional<T>> read) {
        JsonNode array = json.path(field);
        if (!array.isArray()) {
            throw new IllegalArgumentException(field + " is not a list");
        }
        List<T> items = new ArrayList<>();
        for (JsonNode item : array) {
            items.add(read.apply(item).orElseThrow(() -> new IllegalArgumentException(field + " holds " + item)));
        }
        return items;
    }

    private static Optional<Integer> port(JsonNode item) {
        return item.isInt() ? Optional.of(item.intValue()) : Optional.empty();
    }

    private static Optional<Cidr> range(JsonNode item) {
        return Cidr.parse(item.asText());
    }

    private static Optional<String> name(JsonNode item) {
        return Optional.ofNullable(item.textValue());
    }
}
