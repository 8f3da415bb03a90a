package io.osmj.controlplane.admission.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.problem.ObjectRef;
import java.util.List;

/** Finds the objects that the one under review refers to. */
@FunctionalInterface
public interface ObjectLookup {
    /** Never fails: an object that cannot be asked for is {@link Unknown}, and nothing is said about it. */
    Answer find(ObjectRef ref);

    /** The UpstreamTrafficSettings of a namespace; none where they cannot be asked for. */
    default List<JsonNode> trafficSettings(String namespace) {
        return List.of();
    }

    /** Whether it is there. */
    sealed interface Answer {}

    /**
     * It is there.
     *
     * @param object with metadata and spec
     */
    record Found(JsonNode object) implements Answer {}

    /** It is not there. */
    record Absent() implements Answer {}

    /** The API server did not say. */
    record Unknown() implements Answer {}
}
