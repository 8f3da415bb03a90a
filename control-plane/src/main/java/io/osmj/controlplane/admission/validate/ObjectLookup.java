package io.osmj.controlplane.admission.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.problem.ObjectRef;

/** Finds the objects that the one under review refers to. */
@FunctionalInterface
public interface ObjectLookup {
    /** Never fails: an object that cannot be asked for is {@link Unknown}, and nothing is said about it. */
    Answer find(ObjectRef ref);

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
