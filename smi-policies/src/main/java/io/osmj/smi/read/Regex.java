package io.osmj.smi.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * Regular expressions as Envoy takes them: RE2 syntax, and a compiled size within Envoy's limit. Java's own expressions are
 * another dialect and can take forever on a hostile input.
 */
public final class Regex {
    /** What to do about an expression that cannot be used. */
    public static final String REMEDY = "Write a shorter RE2 expression; it must match the whole value.";

    /** Above this Envoy refuses the whole route table (its runtime key {@code re2.max_program_size.error_level}). */
    private static final int LARGEST_PROGRAM = 100;

    /** Nothing sane is longer; this bounds the time that compiling can take. */
    private static final int LONGEST = 1024;

    /**
     * A bound on what is compiled here at all: nested repetitions would take all memory. Empty pieces may repeat without
     * costing Envoy anything, so it lies well above Envoy's own limit.
     */
    private static final int LARGEST_UNFOLDED = 4_000;

    private Regex() {}

    /** Why an expression cannot be used, in a sentence; empty when it can. */
    public static Optional<String> fault(String expression) {
        return reason(expression).map(reason -> "'" + Faults.abbreviated(expression) + "' " + reason + ".");
    }

    /** Envoy's RE2 works on bytes, so here a byte is a character, too. */
    private static Optional<String> reason(String expression) {
        if (expression.length() > LONGEST) {
            return Optional.of("is longer than " + LONGEST + " characters");
        }
        String bytes = new String(expression.getBytes(UTF_8), ISO_8859_1);
        List<RegexPieces.Piece> pieces = RegexPieces.of(bytes);
        if (RegexCost.unfolded(pieces) > LARGEST_UNFOLDED) {
            return Optional.of("repeats so much that it comes to more than the " + LARGEST_PROGRAM
                    + " instructions that Envoy takes");
        }
        try {
            Pattern compiled = Pattern.compile(bytes);
            // More than enough instructions even as RE2/J counts, which costs least to find out.
            int least = compiled.programSize();
            int size = least > LARGEST_PROGRAM ? least : RegexCost.instructions(pieces);
            return size > LARGEST_PROGRAM
                    ? Optional.of("compiles to " + size + " instructions, more than the " + LARGEST_PROGRAM
                            + " that Envoy takes")
                    : Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("is not an RE2 expression: " + e.getDescription());
        }
    }
}
