package io.osmj.core.identity;

import static java.util.Comparator.comparing;

import java.util.Comparator;

/**
 * A workload's SPIFFE id: the one URI in its certificate, {@code spiffe://<trust domain>/ns/<namespace>/sa/<account>}.
 *
 * @param trustDomain the domain whose root signed the certificate
 * @param account the workload's service account
 */
public record SpiffeId(TrustDomain trustDomain, ServiceAccount account) implements Comparable<SpiffeId> {
    private static final Comparator<SpiffeId> ORDER = comparing(SpiffeId::uri);

    /** The id as it stands in the certificate (X509-SVID, section 2). */
    public String uri() {
        return "spiffe://" + trustDomain + "/ns/" + account.namespace() + "/sa/" + account.name();
    }

    @Override
    public int compareTo(SpiffeId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return uri();
    }
}
