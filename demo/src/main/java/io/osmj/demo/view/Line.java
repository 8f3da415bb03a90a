package io.osmj.demo.view;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/** One line of the screen, made from left to right of pieces with a colour each. */
final class Line {
    private record Piece(String text, Colour colour) {}

    private final List<Piece> pieces = new ArrayList<>();

    /** A line that begins with this. */
    static Line of(Colour colour, String text) {
        return new Line().add(colour, text);
    }

    Line add(Colour colour, String text) {
        pieces.add(new Piece(text, colour));
        return this;
    }

    /** Adds all of another line. */
    Line add(Line other) {
        pieces.addAll(other.pieces);
        return this;
    }

    /** Adds a cell of this width; a longer text is cut. */
    Line cell(Colour colour, String text, int width) {
        return add(colour, text.length() > width ? text.substring(0, width) : text + " ".repeat(width - text.length()));
    }

    /** How many characters it has. */
    int width() {
        return pieces.stream().mapToInt(piece -> piece.text().length()).sum();
    }

    /** The line for a terminal of this width, with or without colours; what is too long ends in an ellipsis. */
    String print(int width, boolean colours) {
        var line = new StringBuilder();
        boolean cut = textWidth() > width;
        int left = cut ? width - 1 : width;
        for (Piece piece : pieces) {
            String text = piece.text().substring(0, Math.min(left, piece.text().length()));
            left -= text.length();
            line.append(colours ? piece.colour().paint(text) : text);
        }
        return cut ? line.append('…').toString() : line.toString();
    }

    /** The width without the blanks at its end, which nobody misses. */
    private int textWidth() {
        return pieces.stream()
                .map(Piece::text)
                .collect(joining())
                .stripTrailing()
                .length();
    }
}
