package io.osmj.controlplane.admission.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Collects what is wrong with one object. */
final class Findings {
    private final ObjectRef ref;
    private final List<Problem> problems = new ArrayList<>();

    Findings(String kind, JsonNode object) {
        JsonNode metadata = object.path("metadata");
        this.ref = new ObjectRef(
                kind,
                metadata.path("namespace").asText(""),
                metadata.path("name").asText(""));
    }

    void add(ProblemCode code, String field, String message, String remedy) {
        problems.add(new Problem(code, ref, field, message, remedy));
    }

    List<Problem> problems() {
        return problems;
    }

    /** Visits the items of a list with the path of each; what is no list has none. */
    static void each(JsonNode list, String field, BiConsumer<JsonNode, String> visit) {
        for (int index = 0; list.isArray() && index < list.size(); index++) {
            visit.accept(list.get(index), field + "[" + index + "]");
        }
    }
}
