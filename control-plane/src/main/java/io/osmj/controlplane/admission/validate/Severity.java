package io.osmj.controlplane.admission.validate;

import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.EnumSet;
import java.util.Set;

/** Which problems keep an object from being stored. */
public final class Severity {
    /** The object is whole and merely does less than its author may think, or waits for another that is not there yet. */
    private static final Set<ProblemCode> WARNINGS = EnumSet.of(
            ProblemCode.M2002,
            ProblemCode.M2003,
            ProblemCode.M2005,
            ProblemCode.M2006,
            ProblemCode.M2007,
            ProblemCode.M2012,
            ProblemCode.M2016,
            ProblemCode.M2022,
            ProblemCode.M2023,
            ProblemCode.M2024,
            ProblemCode.M2025,
            ProblemCode.M2029,
            ProblemCode.M2030);

    private Severity() {}

    /** Whether an object with this problem is refused. */
    public static boolean refuses(Problem problem) {
        return !WARNINGS.contains(problem.code());
    }
}
