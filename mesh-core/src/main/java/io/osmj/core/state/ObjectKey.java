package io.osmj.core.state;

import static java.util.Comparator.comparing;

import java.util.Comparator;

/**
 * Which object of one kind.
 *
 * @param namespace the object's namespace
 * @param name its name
 */
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {
    private static final Comparator<ObjectKey> ORDER =
            comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }
}
