package io.osmj.certificates;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock on the wall that somebody turns. */
public final class MovableClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    /** Turns it forward, or back by a negative duration. */
    public void move(Duration by) {
        now = now.plus(by);
    }
}
