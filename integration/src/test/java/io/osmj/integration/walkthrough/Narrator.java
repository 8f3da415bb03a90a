package io.osmj.integration.walkthrough;

import java.io.PrintStream;

/** Tells what is run and what came back. */
final class Narrator {
    private static final int LONGEST = 24;

    private final PrintStream out;
    private final boolean colours;

    Narrator(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    void step(int number, int count, String title) {
        out.println();
        out.println(bold("[" + number + "/" + count + "] " + title));
    }

    void command(String command) {
        out.println("  $ " + command);
    }

    /** Output of a command; of a long one the beginning. */
    void output(String text) {
        var lines = text.strip().lines().toList();
        lines.stream().limit(LONGEST).forEach(line -> out.println("    " + line));
        if (lines.size() > LONGEST) {
            out.println("    ... " + (lines.size() - LONGEST) + " more lines");
        }
    }

    /** Something that was measured or seen. */
    void seen(String text) {
        out.println("  " + text);
    }

    void held(long millis) {
        out.printf("  %s (%.1f s)%n", bold("held"), millis / 1000.0);
    }

    void failed(Throwable reason) {
        out.println("  " + bold("did not hold: ") + reason.getMessage());
    }

    private String bold(String text) {
        return colours ? "\033[1m" + text + "\033[0m" : text;
    }
}
