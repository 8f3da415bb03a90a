package io.osmj.demo.play;

import java.util.function.Supplier;

/**
 * One thing that can be shown.
 *
 * @param key that plays it
 * @param name short, for the list of keys
 * @param action changes something and waits until the answers show it
 */
public record Step(String key, String name, Supplier<Outcome> action) {}
