package io.osmj.demo.play;

import java.time.Duration;

/**
 * How a step ended.
 *
 * @param held whether the answers became what they must
 * @param text one line for the user
 * @param took from the change to the last answer that was needed
 */
public record Outcome(boolean held, String text, Duration took) {
    /** The line with its sign and time. */
    public String line() {
        return "%s %s (%.1f s)".formatted(held ? "✓" : "×", text, took.toMillis() / 1000.0);
    }
}
