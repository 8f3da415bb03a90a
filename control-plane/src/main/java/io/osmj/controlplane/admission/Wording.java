package io.osmj.controlplane.admission;

import static java.util.stream.Collectors.joining;

import io.osmj.core.problem.Problem;
import java.util.List;

/** Problems in the words of an admission review. */
final class Wording {
    private Wording() {}

    /** Every problem: object, field, reason and remedy of each. */
    static String refusal(String what, List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(joining("\n  ", what + ":\n  ", ""));
    }

    static List<String> lines(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }
}
