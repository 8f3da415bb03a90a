package io.osmj.injector.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalInt;

/**
 * One container of a pod.
 *
 * @param tree the container's object, part of the pod's tree
 * @param field where it stands, as {@code spec.containers[0]}
 */
public record Container(ObjectNode tree, String field) {

    /** The name, unique in the pod among containers and init containers. */
    public String name() {
        return tree.path("name").asText();
    }

    /** Whether this is an init container that keeps running. */
    public boolean keepsRunning() {
        return tree.path("restartPolicy").asText().equals("Always");
    }

    /** The number behind a probe's port: itself, or the container port of that name; empty when there is none. */
    public OptionalInt port(JsonNode numberOrName) {
        if (numberOrName.isInt()) {
            return OptionalInt.of(numberOrName.intValue());
        }
        for (JsonNode port : tree.path("ports")) {
            if (numberOrName.isTextual() && port.path("name").asText().equals(numberOrName.textValue())) {
                return OptionalInt.of(port.path("containerPort").intValue());
            }
        }
        return OptionalInt.empty();
    }
}
