package io.osmj.integration.walkthrough;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everything the API server holds, so that it can be compared with what it held before. */
final class ObjectInventory {
    /** Made and ended by the cluster itself all the time, whether there is a mesh or not. */
    private static final Set<String> FLEETING = Set.of(
            "Pod",
            "ReplicaSet",
            "ControllerRevision",
            "Event",
            "Lease",
            "EndpointSlice",
            "Endpoints",
            "IPAddress",
            "Node",
            "ComponentStatus",
            "PodMetrics",
            "APIService");

    /** Written by the API server, not by those who make objects. */
    private static final List<String> BOOKKEEPING =
            List.of("resourceVersion", "managedFields", "uid", "creationTimestamp", "generation", "ownerReferences");

    private final Scene scene;
    private Map<String, String> before = new TreeMap<>();

    ObjectInventory(Scene scene) {
        this.scene = scene;
    }

    void remember() {
        before = objects();
    }

    int size() {
        return before.size();
    }

    /** What was added, removed or changed since. */
    Set<String> changes() {
        Map<String, String> now = objects();
        Set<String> changes = new TreeSet<>();
        now.forEach((key, content) -> {
            if (!before.containsKey(key)) {
                changes.add("added: " + key);
            } else if (!content.equals(before.get(key))) {
                changes.add("changed: " + key);
            }
        });
        before.keySet().stream().filter(key -> !now.containsKey(key)).forEach(key -> changes.add("removed: " + key));
        return changes;
    }

    private Map<String, String> objects() {
        Map<String, String> objects = new TreeMap<>();
        String kinds = String.join(
                ",",
                scene.look("api-resources", "--verbs=list", "-o", "name")
                        .lines()
                        .toList());
        for (JsonNode object : scene.lookAt("get", kinds, "--all-namespaces").path("items")) {
            if (!FLEETING.contains(object.path("kind").asText())) {
                objects.put(key(object), content(object));
            }
        }
        return objects;
    }

    private static String key(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return object.path("kind").asText() + " " + metadata.path("namespace").asText("") + "/"
                + metadata.path("name").asText();
    }

    private static String content(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        copy.remove("status");
        ObjectNode metadata = (ObjectNode) copy.path("metadata");
        metadata.remove(BOOKKEEPING);
        // The applications are deleted and applied again, and a service gets a new address then.
        if (copy.path("kind").asText().equals("Service")) {
            copy.remove("spec");
        }
        if (metadata.path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(
                    List.of("deployment.kubernetes.io/revision", "kubectl.kubernetes.io/last-applied-configuration"));
        }
        if (metadata.path("annotations").isEmpty()) {
            metadata.remove("annotations");
        }
        return copy.toString();
    }
}
