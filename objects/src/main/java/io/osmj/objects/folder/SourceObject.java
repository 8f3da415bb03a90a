package io.osmj.objects.folder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;

/**
 * One object of a file.
 *
 * @param tree the whole object; never changed
 * @param place where it stands
 */
record SourceObject(ObjectNode tree, Place place) {

    String kind() {
        return tree.path("kind").asText("");
    }

    String apiVersion() {
        return tree.path("apiVersion").asText("");
    }

    /** The API group; empty for Kubernetes' core. */
    String group() {
        int slash = apiVersion().indexOf('/');
        return slash < 0 ? "" : apiVersion().substring(0, slash);
    }

    String namespace() {
        return tree.path("metadata").path("namespace").asText("");
    }

    String name() {
        return tree.path("metadata").path("name").asText("");
    }

    ObjectRef ref() {
        return new ObjectRef(kind(), namespace(), name());
    }

    LocatedProblem problem(ProblemCode code, String field, String message, String remedy) {
        return at(new Problem(code, ref(), field, message, remedy));
    }

    LocatedProblem at(Problem problem) {
        return new LocatedProblem(problem, place.file(), place.lineOf(problem.field()));
    }
}
