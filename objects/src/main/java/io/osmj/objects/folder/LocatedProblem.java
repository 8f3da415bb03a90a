package io.osmj.objects.folder;

import static java.util.Comparator.comparing;

import io.osmj.core.problem.Problem;
import java.util.Comparator;

/**
 * A problem, and the line of the file to mend.
 *
 * @param problem what is wrong
 * @param file its path below the folder; empty when no file is to blame
 * @param line 1 for the first line; 0 when no file is to blame
 */
public record LocatedProblem(Problem problem, String file, int line) implements Comparable<LocatedProblem> {
    private static final Comparator<LocatedProblem> ORDER = comparing(LocatedProblem::file)
            .thenComparingInt(LocatedProblem::line)
            .thenComparing(LocatedProblem::problem);

    /** The problem with its place in the message, for readers that know of objects only. */
    public Problem inWords() {
        return file.isEmpty()
                ? problem
                : new Problem(
                        problem.code(),
                        problem.object(),
                        problem.field(),
                        file + ":" + line + ": " + problem.message(),
                        problem.remedy());
    }

    @Override
    public int compareTo(LocatedProblem other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line: M2005 TrafficTarget shop/a spec.rules[0]: message Remedy.} */
    @Override
    public String toString() {
        return file.isEmpty() ? problem.toString() : file + ":" + line + ": " + problem;
    }
}
