package io.osmj.core.identity;

import static java.util.Comparator.comparing;

import java.util.Comparator;

/**
 * A Kubernetes service account: what SMI policies name as source and destination.
 *
 * @param namespace the namespace it lives in
 * @param name its name, which may hold dots
 */
public record ServiceAccount(String namespace, String name) implements Comparable<ServiceAccount> {
    private static final Comparator<ServiceAccount> ORDER =
            comparing(ServiceAccount::namespace).thenComparing(ServiceAccount::name);

    /** The SPIFFE id of this account in a trust domain. */
    public SpiffeId in(TrustDomain trustDomain) {
        return new SpiffeId(trustDomain, this);
    }

    @Override
    public int compareTo(ServiceAccount other) {
        return ORDER.compare(this, other);
    }

    /** {@code namespace/name}, for people and for resource names; never parsed again. */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
