package io.osmj.smi.read;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/**
 * Regular expressions as Envoy takes them: RE2 syntax, and a compiled size within Envoy's limit. Java's own expressions are
 * another dialect and can take forever on a hostile input.
 */
final class Regex {
    /** Above this Envoy refuses the whole route table (its runtime key {@code re2.max_program_size.error_level}). */
    private static final int LARGEST_PROGRAM = 100;

    /** Nothing sane is longer; this bounds the time that compiling can take. */
    private static final int LONGEST = 1024;

    private Regex() {}

    /** Why an expression cannot be used; empty when it can. */
    static Optional<String> fault(String expression) {
        if (expression.length() > LONGEST) {
            return Optional.of("is longer than " + LONGEST + " characters");
        }
        try {
            int size = Pattern.compile(expression).programSize();
            return size > LARGEST_PROGRAM
                    ? Optional.of("compiles to " + size + " instructions, more than the " + LARGEST_PROGRAM
                            + " that Envoy takes")
                    : Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("is not an RE2 expression: " + e.getDescription());
        }
    }
}
