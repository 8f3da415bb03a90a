package io.osmj.core.problem;

import static java.util.Comparator.comparing;

import java.util.Comparator;

/**
 * Points at a Kubernetes object, so that every rule and problem can say where it came from.
 *
 * @param kind for example {@code TrafficTarget}
 * @param namespace empty for cluster-wide kinds
 * @param name the object's name
 */
public record ObjectRef(String kind, String namespace, String name) implements Comparable<ObjectRef> {
    private static final Comparator<ObjectRef> ORDER =
            comparing(ObjectRef::kind).thenComparing(ObjectRef::namespace).thenComparing(ObjectRef::name);

    @Override
    public int compareTo(ObjectRef other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? kind + " " + name : kind + " " + namespace + "/" + name;
    }
}
