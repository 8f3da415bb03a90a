package io.osmj.injector.decide;

import io.osmj.core.problem.Problem;
import java.util.List;

/** What is to become of a pod. */
public sealed interface Decision {

    /** The pod gets a sidecar. */
    record Inject() implements Decision {}

    /**
     * The pod is admitted without one.
     *
     * @param reason one sentence
     */
    record Leave(String reason) implements Decision {}

    /**
     * The pod must not be created.
     *
     * @param problems why, at least one
     */
    record Refuse(List<Problem> problems) implements Decision {
        public Refuse {
            problems = List.copyOf(problems);
        }
    }
}
