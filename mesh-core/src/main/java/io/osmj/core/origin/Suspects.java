package io.osmj.core.origin;

import static java.util.Comparator.comparingLong;

import io.osmj.core.problem.ObjectRef;
import java.util.Comparator;
import java.util.List;

/**
 * Which of several objects a proxy speaks of when it refuses what is made of all of them.
 *
 * @param objects the likeliest first; empty when there was none to choose from
 * @param quoted a value of the first that the proxy's words repeat; empty when they repeat none
 */
public record Suspects(List<ObjectRef> objects, String quoted) {
    /** Shorter words stand in any sentence. */
    private static final int SHORTEST = 3;

    public Suspects {
        objects = List.copyOf(objects);
    }

    /**
     * Whoever has the longest word that is repeated. Where none has, all of them, what changed last first: what was in force before had
     * been taken.
     *
     * @param sources in the order of how much of the part each makes
     * @param text the proxy's words, without names of resources
     */
    public static Suspects of(List<Source> sources, String text) {
        String quoted = sources.stream()
                .flatMap(source -> source.words().stream())
                .filter(word -> word.length() >= SHORTEST && text.contains(word))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
        return new Suspects(
                sources.stream()
                        .filter(source -> quoted.isEmpty() || source.words().contains(quoted))
                        .sorted(comparingLong(Source::changed).reversed())
                        .map(Source::object)
                        .toList(),
                quoted);
    }
}
