package io.osmj.controlplane.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Conditions that must all hold, each with a name; the answer says which do not. */
public final class Health {
    private static final int UNAVAILABLE = 503;
    private final Map<String, Supplier<String>> conditions = new LinkedHashMap<>();

    /**
     * Adds a condition.
     *
     * @param fault what is wrong, in words; empty when the condition holds
     */
    public Health require(String name, Supplier<String> fault) {
        conditions.put(name, fault);
        return this;
    }

    /** Adds a condition that needs no words. */
    public Health requireThat(String name, Supplier<Boolean> holds) {
        return require(name, () -> holds.get() ? "" : "not yet");
    }

    /** 200 with OSM's words when all hold, else 503 with the faults. */
    public Answer answer() {
        List<String> faults = conditions.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().get()))
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
                .toList();
        return faults.isEmpty() ? Answer.text(200, "Health OK") : Answer.text(UNAVAILABLE, String.join("", faults));
    }
}
