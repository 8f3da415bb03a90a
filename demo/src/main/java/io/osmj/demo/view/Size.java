package io.osmj.demo.view;

/**
 * What a terminal has room for.
 *
 * @param columns characters of a line
 * @param rows lines
 */
record Size(int columns, int rows) {
    private static final Size USUAL = new Size(100, 24);

    /** Reads what {@code stty size} prints, rows before columns; the usual size where it knows none. */
    static Size read(String text) {
        String[] words = text.strip().split(" ", -1);
        try {
            int rows = Integer.parseInt(words[0]);
            int columns = Integer.parseInt(words[words.length - 1]);
            return new Size(columns > 0 ? columns : USUAL.columns, rows > 0 ? rows : USUAL.rows);
        } catch (NumberFormatException e) {
            return USUAL;
        }
    }
}
