package io.osmj.controlplane.status;

import io.osmj.core.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Everything that is wrong now, from whoever found it. Safe for many threads. */
public final class ProblemBoard {
    /** An alarm that is not said again for so long is over. */
    private static final Duration ALARM_LASTS = Duration.ofHours(1);

    private final InstantSource clock;
    private final Map<Problem, Instant> alarms = new ConcurrentHashMap<>();
    private volatile List<Problem> published = List.of();
    private volatile Runnable changed = () -> {};

    /** An empty board. */
    public ProblemBoard(InstantSource clock) {
        this.clock = clock;
    }

    /** Names who is told of every change; it must return at once. */
    public void onChange(Runnable listener) {
        changed = listener;
    }

    /** All that is wrong with the published state, in place of what was wrong before. */
    public void published(List<Problem> problems) {
        published = List.copyOf(problems);
        changed.run();
    }

    /** What is wrong with the published state. */
    public List<Problem> published() {
        return published;
    }

    /** Something is wrong that nobody will take back. */
    public void alarm(Problem problem) {
        if (alarms.put(problem, clock.instant()) == null) {
            changed.run();
        }
    }

    /** A problem that stands until it is {@link #settled}. */
    public void raise(Problem problem) {
        if (alarms.put(problem, Instant.MAX) == null) {
            changed.run();
        }
    }

    /** A problem that was raised is over. */
    public void settled(Problem problem) {
        if (alarms.remove(problem) != null) {
            changed.run();
        }
    }

    /** All of them, sorted. */
    public List<Problem> all() {
        Instant over = clock.instant().minus(ALARM_LASTS);
        alarms.values().removeIf(said -> said.isBefore(over));
        return Stream.concat(published.stream(), alarms.keySet().stream())
                .sorted()
                .distinct()
                .toList();
    }
}
