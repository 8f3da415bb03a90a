package io.osmj.injector.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.core.problem.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pod of an admission request.
 *
 * @param tree the whole object
 * @param namespace of the request, as the object itself may leave it out
 */
public record Pod(ObjectNode tree, String namespace) {

    /** How the pod is called in a problem; a name that the API server has yet to complete ends in a star. */
    public ObjectRef ref() {
        String name = metadata().path("name").asText();
        String stem = metadata().path("generateName").asText();
        return new ObjectRef("Pod", namespace, name.isEmpty() ? stem + "*" : name);
    }

    /** The value of an annotation. */
    public Optional<String> annotation(String key) {
        return Optional.ofNullable(metadata().path("annotations").path(key).textValue());
    }

    /** The value of a label. */
    public Optional<String> label(String key) {
        return Optional.ofNullable(metadata().path("labels").path(key).textValue());
    }

    /** The pod's {@code spec}; a missing node when there is none. */
    public JsonNode spec() {
        return tree.path("spec");
    }

    /** The service account that the pod runs as. */
    public String serviceAccount() {
        return spec().path("serviceAccountName").asText("default");
    }

    /** The containers in their order, without init containers. */
    public List<Container> containers() {
        return read("containers");
    }

    /** The init containers in their order, those that keep running among them. */
    public List<Container> initContainers() {
        return read("initContainers");
    }

    /** Init containers, then containers. */
    public List<Container> allContainers() {
        return Stream.concat(initContainers().stream(), containers().stream()).toList();
    }

    /** Whether the controller that makes this pod counts its end: a Job. */
    public boolean ofJob() {
        for (JsonNode owner : metadata().path("ownerReferences")) {
            if (owner.path("kind").asText().equals("Job")) {
                return true;
            }
        }
        return false;
    }

    private JsonNode metadata() {
        return tree.path("metadata");
    }

    private List<Container> read(String list) {
        List<Container> found = new ArrayList<>();
        JsonNode nodes = spec().path(list);
        for (int index = 0; index < nodes.size(); index++) {
            if (nodes.get(index) instanceof ObjectNode container) {
                found.add(new Container(container, "spec." + list + "[" + index + "]"));
            }
        }
        return List.copyOf(found);
    }
}
