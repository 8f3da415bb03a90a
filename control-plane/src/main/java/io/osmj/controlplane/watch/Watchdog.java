package io.osmj.controlplane.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Notices watches that died without a word: Java clients have a history of them after the API server was away. A watch that
 * cannot be had, and says so, is not dead.
 */
public final class Watchdog {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final KubernetesSource source;
    private final BooleanSupplier apiServerAnswers;
    private final InstantSource clock;
    private final Map<String, Instant> silentSince = new HashMap<>();

    /**
     * A watchdog over a source that was started.
     *
     * @param apiServerAnswers asked only when a watch has been away for long; while the API server is away, all are
     */
    public Watchdog(KubernetesSource source, BooleanSupplier apiServerAnswers, InstantSource clock) {
        this.source = source;
        this.apiServerAnswers = apiServerAnswers;
        this.clock = clock;
    }

    /** Which watches are dead, in words; empty while all is well. To be asked every few seconds. */
    public synchronized String fault() {
        Instant now = clock.instant();
        List<String> silent = source.silentKinds();
        silentSince.keySet().retainAll(silent);
        silent.forEach(kind -> silentSince.putIfAbsent(kind, now));
        List<String> dead = silentSince.entrySet().stream()
                .filter(entry -> entry.getValue().isBefore(now.minus(PATIENCE)))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (dead.isEmpty()) {
            return "";
        }
        if (!apiServerAnswers.getAsBoolean()) {
            silentSince.clear();
            return "";
        }
        return "no watch for " + String.join(", ", dead) + " though the API server answers";
    }
}
