package io.osmj.smi.read;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts an RE2 expression into pieces, just finely enough to tell what it costs. It judges nothing: an expression that is no RE2
 * comes out as some pieces or other, and the compiler is asked whether it is one.
 */
final class RegexPieces {
    private static final Pattern PIECE = Pattern.compile(
            "(?<repeat>\\{(?<from>\\d{1,9})(?:,(?<to>\\d{0,9}))?\\})"
                    + "|(?<quote>\\\\Q.*?(?:\\\\E|$))"
                    + "|(?<set>\\[\\^?\\]?(?:\\[:\\^?\\w++:\\]|\\\\.|[^\\]\\\\])*+\\]|\\\\[dDsSwW]|\\\\[pP](?:\\{[^}]*+\\}|.)|\\.)"
                    + "|(?<loop>[*+]\\??)"
                    + "|(?<open>\\()"
                    + "|(?<close>\\))"
                    + "|(?<other>\\\\.|.)",
            Pattern.DOTALL);

    private RegexPieces() {}

    /** A part of an expression; all texts in order are the expression. */
    sealed interface Piece {
        /** As it stands in the expression. */
        String text();
    }

    /** One of several characters: {@code [a-z]}, {@code \w}, {@code \pL}, the dot. */
    record CharacterSet(String text) implements Piece {}

    /**
     * How often what comes before it is to stand there.
     *
     * @param most times, at least 1
     */
    record Repeat(String text, int most) implements Piece {}

    /** What comes before it any number of times, greedy or not. */
    record Loop(String text) implements Piece {}

    /** The beginning of a group. */
    record Open(String text) implements Piece {}

    /** The end of a group. */
    record Close(String text) implements Piece {}

    /** Anything else: a character, an escape, a quotation, an operator. */
    record Other(String text) implements Piece {}

    static List<Piece> of(String expression) {
        List<Piece> pieces = new ArrayList<>();
        Matcher matcher = PIECE.matcher(expression);
        while (matcher.find()) {
            pieces.add(piece(matcher));
        }
        return pieces;
    }

    private static Piece piece(Matcher matcher) {
        String text = matcher.group();
        if (matcher.group("repeat") != null) {
            String to = matcher.group("to");
            boolean bounded = to != null && !to.isEmpty();
            int most = Integer.parseInt(bounded ? to : matcher.group("from"));
            return new Repeat(text, Math.max(1, most));
        }
        if (matcher.group("set") != null) {
            return new CharacterSet(text);
        }
        if (matcher.group("loop") != null) {
            return new Loop(text);
        }
        if (matcher.group("open") != null) {
            return new Open(text);
        }
        return matcher.group("close") != null ? new Close(text) : new Other(text);
    }
}
