package io.osmj.integration.cluster;

import java.nio.file.Path;

/**
 * An image of this repository.
 *
 * @param name what a pod calls it
 * @param tar what {@link Cluster#load} takes
 */
public record BuiltImage(String name, Path tar) {

    /**
     * Builds the image, or finds it built.
     *
     * @param recipe a name that {@code scripts/images} knows, as {@code test-tools}
     * @throws IllegalStateException if it cannot be built; the message has the end of what the build said
     */
    public static BuiltImage of(String recipe) {
        var words = Command.run(Command.script("images", recipe)).lastLine().split(" ", 2);
        return new BuiltImage(words[0], Path.of(words[1]));
    }
}
