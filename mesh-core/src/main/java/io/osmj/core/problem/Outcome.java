package io.osmj.core.problem;

import java.util.List;
import java.util.function.Function;

/**
 * A result together with everything that was wrong on the way to it. The result holds what could be used.
 *
 * @param value the result
 * @param problems sorted; empty when all is well
 */
public record Outcome<T>(T value, List<Problem> problems) {
    public Outcome {
        problems = problems.stream().sorted().distinct().toList();
    }

    /** A result with nothing wrong. */
    public static <T> Outcome<T> of(T value) {
        return new Outcome<>(value, List.of());
    }

    /** The same problems with another result. */
    public <R> Outcome<R> map(Function<? super T, ? extends R> step) {
        return new Outcome<>(step.apply(value), problems);
    }

    /** Whether nothing was wrong. */
    public boolean clean() {
        return problems.isEmpty();
    }
}
