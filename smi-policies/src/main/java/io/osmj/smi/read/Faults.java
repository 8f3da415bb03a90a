package io.osmj.smi.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Collects what is wrong with one object while it is read. */
final class Faults {
    private final ObjectRef ref;
    private final List<Problem> problems = new ArrayList<>();

    Faults(String kind, JsonNode object) {
        JsonNode metadata = object.path("metadata");
        this.ref = new ObjectRef(
                kind,
                metadata.path("namespace").asText(""),
                metadata.path("name").asText(""));
    }

    ObjectRef ref() {
        return ref;
    }

    void add(ProblemCode code, String field, String message, String remedy) {
        problems.add(new Problem(code, ref, field, message, remedy));
    }

    boolean any(Predicate<ProblemCode> code) {
        return problems.stream().map(Problem::code).anyMatch(code);
    }

    List<Problem> problems() {
        return problems;
    }

    /** As much of what somebody wrote as is told apart by. */
    static String abbreviated(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
