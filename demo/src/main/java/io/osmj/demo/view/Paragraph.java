package io.osmj.demo.view;

import java.util.ArrayList;
import java.util.List;

/** Lines filled from left to right with items that are not broken. */
final class Paragraph {
    private final int width;
    private final String indent;
    private final List<Line> lines = new ArrayList<>();
    private Line last;

    /**
     * A paragraph.
     *
     * @param first how it begins
     * @param indent how its other lines begin
     * @param width of all
     */
    Paragraph(Line first, String indent, int width) {
        this.last = first;
        this.indent = indent;
        this.width = width;
    }

    /** Adds an item, on the next line if this one has no room for it. */
    Paragraph add(Line item) {
        if (last.width() + item.width() > width && last.width() > indent.length()) {
            lines.add(last);
            last = Line.of(Colour.PLAIN, indent);
        }
        last.add(item);
        return this;
    }

    /** Adds a text word by word. */
    Paragraph words(Colour colour, String text) {
        for (String word : text.split("\\s", -1)) {
            add(Line.of(colour, word + " "));
        }
        return this;
    }

    /** Its lines. */
    List<Line> lines() {
        List<Line> all = new ArrayList<>(lines);
        all.add(last);
        return all;
    }
}
