package io.osmj.demo.scene;

import java.util.Optional;

/**
 * What came back from one call.
 *
 * @param at when it came, as {@link System#nanoTime()} counts
 * @param status of HTTP; 0 when there was no answer
 * @param milliseconds it took
 * @param text first line of the body, or the fault of the connection
 */
public record Answer(long at, int status, long milliseconds, String text) {
    /** The name of the application that answered, as it says itself; something else where none did. */
    public String from() {
        int space = text.indexOf(' ');
        return space < 0 ? text : text.substring(0, space);
    }

    /** What an application prints about an answer, and from whom. */
    record Told(String callee, Answer answer) {}

    /** Reads {@code answer CALLEE STATUS MILLISECONDS TEXT}; empty for any other line. */
    static Optional<Told> read(String line, long at) {
        String[] words = line.split(" ", 5);
        if (words.length != 5 || !words[0].equals("answer")) {
            return Optional.empty();
        }
        return Optional.of(
                new Told(words[1], new Answer(at, Integer.parseInt(words[2]), Long.parseLong(words[3]), words[4])));
    }
}
