package io.osmj.demo.view;

/** Colours of a terminal, by their SGR codes (ECMA-48). */
enum Colour {
    PLAIN(""),
    STRONG("1"),
    DIM("2"),
    GOOD("32"),
    WARNING("33"),
    BAD("31"),
    TITLE("1;36");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    /** The text in this colour. */
    String paint(String text) {
        return code.isEmpty() || text.isEmpty() ? text : "\033[" + code + "m" + text + "\033[0m";
    }

    /** The colour of an answer: allowed, refused, or neither. */
    static Colour ofStatus(int status) {
        return switch (status) {
            case 200 -> GOOD;
            case 403 -> BAD;
            default -> WARNING;
        };
    }
}
