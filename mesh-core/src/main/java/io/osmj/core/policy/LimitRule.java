package io.osmj.core.policy;

import static java.util.Comparator.comparing;

import io.osmj.core.problem.ObjectRef;
import java.util.Comparator;

/**
 * The traffic to one service is limited. Of several for one service the oldest holds, which is the first here.
 *
 * @param origin the object this rule came from; the service is of its namespace
 * @param created when the object was made, as RFC 3339 has it; empty where nobody says
 * @param service the name of the service
 * @param connections what callers allow themselves
 * @param rates what its pods take
 */
public record LimitRule(
        ObjectRef origin, String created, String service, ConnectionLimits connections, RateLimits rates)
        implements Comparable<LimitRule> {
    private static final Comparator<LimitRule> ORDER =
            comparing(LimitRule::created).thenComparing(LimitRule::origin);

    /** The namespace of the service. */
    public String namespace() {
        return origin.namespace();
    }

    @Override
    public int compareTo(LimitRule other) {
        return ORDER.compare(this, other);
    }
}
