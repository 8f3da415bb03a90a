package io.osmj.core.policy;

import static java.util.Comparator.comparing;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.problem.ObjectRef;
import java.util.Comparator;
import java.util.List;

/**
 * Requests of one account to some services are tried again. Of several rules for the same account and service the first counts: the
 * oldest object, and by name where they are of one age.
 *
 * @param origin the object this rule came from
 * @param created when the object was made, as an API server writes it; empty where there is none
 * @param source whose requests
 * @param destinations to which services, in the order of the object
 * @param policy when and how often
 */
public record RetryRule(
        ObjectRef origin, String created, ServiceAccount source, List<Service> destinations, RetryPolicy policy)
        implements Comparable<RetryRule> {
    private static final Comparator<RetryRule> ORDER =
            comparing(RetryRule::created).thenComparing(RetryRule::origin);

    public RetryRule {
        destinations = List.copyOf(destinations);
    }

    /**
     * A service that is called.
     *
     * @param namespace the service's namespace
     * @param name the service's name
     */
    public record Service(String namespace, String name) {}

    @Override
    public int compareTo(RetryRule other) {
        return ORDER.compare(this, other);
    }
}
