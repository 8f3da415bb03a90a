package io.osmj.controlplane.trust;

import io.osmj.core.problem.Problem;
import org.jspecify.annotations.Nullable;

/** There is no root of trust to work with, and making a new one would cut the running mesh off. Somebody has to look. */
public final class TrustException extends Exception {
    private final transient Problem problem;

    TrustException(Problem problem, @Nullable Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    /** What to mend. */
    public Problem problem() {
        return problem;
    }
}
