package io.osmj.objects.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the API server fills in. */
final class Defaults {
    /** Where an object goes that names no namespace, as with kubectl. */
    static final String NAMESPACE = "default";

    private Defaults() {}

    /** The object in its namespace. */
    static SourceObject placed(SourceObject object) {
        if (object.kind().equals("Namespace") || !object.namespace().isEmpty()) {
            return object;
        }
        ObjectNode tree = object.tree().deepCopy();
        if (!tree.path("metadata").isMissingNode() && !tree.path("metadata").isObject()) {
            return object;
        }
        tree.withObjectProperty("metadata").put("namespace", NAMESPACE);
        return new SourceObject(tree, object.place());
    }

    /** The service account of a pod that names none, or names it in the field of old. */
    static void serviceAccount(ObjectNode pod) {
        ObjectNode spec = pod.withObjectProperty("spec");
        if (spec.path("serviceAccountName").asText("").isEmpty()) {
            String named = spec.path("serviceAccount").asText("");
            spec.put("serviceAccountName", named.isEmpty() ? "default" : named);
        }
    }

    /** The target ports that a service leaves out. */
    static void targetPorts(ObjectNode service) {
        for (JsonNode port : service.path("spec").path("ports")) {
            JsonNode target = port.path("targetPort");
            if (port instanceof ObjectNode object
                    && (target.asText("").isEmpty() || target.asText().equals("0"))) {
                object.set("targetPort", object.path("port"));
            }
        }
    }
}
