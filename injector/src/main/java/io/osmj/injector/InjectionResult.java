package io.osmj.injector;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.core.problem.Problem;
import java.util.List;

/** What became of a pod. */
public sealed interface InjectionResult {

    /**
     * The pod is admitted as it came.
     *
     * @param reason why, one sentence
     */
    record Untouched(String reason) implements InjectionResult {}

    /**
     * The pod gets a sidecar.
     *
     * @param patch RFC 6902; empty when the pod already is as it should be
     * @param pod the pod with the patch applied
     * @param warnings what its owner should know, sorted; shown by kubectl
     */
    record Patched(ArrayNode patch, ObjectNode pod, List<Problem> warnings) implements InjectionResult {
        public Patched {
            warnings = warnings.stream().sorted().distinct().toList();
        }
    }

    /**
     * The pod must not be created like this.
     *
     * @param problems at least one, sorted
     */
    record Refused(List<Problem> problems) implements InjectionResult {
        public Refused {
            problems = problems.stream().sorted().distinct().toList();
        }
    }
}
