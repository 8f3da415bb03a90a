package io.osmj.demo.play;

import java.time.Duration;

/**
 * How a step ended.
 *
 * @param held whether the answers became what they must
 * @param text what was done, in a few words
 * @param answers what callers were answered, or what went wrong
 * @param took from the change to the last answer that was needed
 */
public record Outcome(boolean held, String text, String answers, Duration took) {
    /** The line with its sign and time. */
    public String line() {
        return sign() + text + ": " + answers + seconds();
    }

    /** The line for whoever sees the answers anyway. */
    public String headline() {
        return held ? sign() + text + seconds() : line();
    }

    private String sign() {
        return held ? "✓ " : "× ";
    }

    private String seconds() {
        return " (%.1f s)".formatted(took.toMillis() / 1000.0);
    }
}
