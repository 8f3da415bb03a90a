package io.osmj.core.policy;

import static java.util.Comparator.comparing;

import io.osmj.core.problem.ObjectRef;
import java.util.Comparator;
import java.util.List;

/**
 * Calls of one service are answered by several, each with its share. All of them are in the namespace of the object.
 *
 * @param origin the object this rule came from
 * @param service the name of the service that is called
 * @param backends those that answer, in the order of the object; at least one has a weight above 0
 */
public record SplitRule(ObjectRef origin, String service, List<Backend> backends) implements Comparable<SplitRule> {
    private static final Comparator<SplitRule> ORDER =
            comparing(SplitRule::origin).thenComparing(SplitRule::service);

    public SplitRule {
        backends = List.copyOf(backends);
    }

    /**
     * One that answers.
     *
     * @param service the name of the service
     * @param weight its share, measured against the sum of all weights; not negative
     */
    public record Backend(String service, double weight) {}

    /** The namespace of the services. */
    public String namespace() {
        return origin.namespace();
    }

    @Override
    public int compareTo(SplitRule other) {
        return ORDER.compare(this, other);
    }
}
