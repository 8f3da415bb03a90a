package io.osmj.core.origin;

import io.osmj.core.problem.ObjectRef;
import java.util.List;
import java.util.stream.Stream;

/**
 * An object that a part of a configuration is made of.
 *
 * @param object the object
 * @param words what of it stands in the configuration as it was written, so that a proxy may quote it
 * @param changed grows with each change that was seen; 0 when it is as it was found
 */
public record Source(ObjectRef object, List<String> words, long changed) {
    public Source {
        words = words.stream().filter(word -> !word.isBlank()).distinct().toList();
    }

    /** The same object by two ways. */
    Source and(Source other) {
        return new Source(
                object, Stream.concat(words.stream(), other.words.stream()).toList(), Math.max(changed, other.changed));
    }
}
