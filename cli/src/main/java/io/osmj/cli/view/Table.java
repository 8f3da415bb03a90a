package io.osmj.cli.view;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows that line up in columns. A column is as wide as its widest cell and three spaces, at least six characters, the
 * measures of Open Service Mesh's tables; scripts that split its lines keep working.
 */
public final class Table {
    private static final int SHORTEST = 6;
    private static final int PADDING = 3;

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... titles) {
        rows.add(List.of(titles));
    }

    /** Adds a row; it has as many cells as there are titles. */
    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** The lines, titles first. */
    public List<String> lines() {
        var widths = widths();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private int[] widths() {
        var widths = new int[rows.getFirst().size()];
        for (var row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(
                        widths[column], Math.max(SHORTEST, row.get(column).length() + PADDING));
            }
        }
        return widths;
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            var cell = row.get(column);
            line.append(cell);
            if (column + 1 < row.size()) {
                line.append(" ".repeat(widths[column] - cell.length()));
            }
        }
        return line.toString();
    }
}
