package io.osmj.core.identity;

import static java.util.Comparator.comparing;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A workload's SPIFFE id: the one URI in its certificate, {@code spiffe://<trust domain>/ns/<namespace>/sa/<account>}.
 *
 * @param trustDomain the domain whose root signed the certificate
 * @param account the workload's service account
 */
public record SpiffeId(TrustDomain trustDomain, ServiceAccount account) implements Comparable<SpiffeId> {
    private static final Comparator<SpiffeId> ORDER = comparing(SpiffeId::uri);

    private static final String NAMESPACE = "(?<namespace>[a-z0-9-]+)";
    private static final String ACCOUNT = "(?<account>[a-z0-9.-]+)";

    /**
     * Whom a policy means by the name of a principal: the URI, or OSM's {@code <account>.<namespace>.<trust domain>}. An account's
     * name may hold dots, a namespace's may not.
     */
    public static Optional<SpiffeId> ofPrincipal(String name, TrustDomain trustDomain) {
        String domain = Pattern.quote(trustDomain.name());
        return Stream.of(
                        "spiffe://" + domain + "/ns/" + NAMESPACE + "/sa/" + ACCOUNT,
                        ACCOUNT + "\\." + NAMESPACE + "\\." + domain)
                .map(form -> Pattern.compile(form).matcher(name))
                .filter(Matcher::matches)
                .map(parts -> new ServiceAccount(parts.group("namespace"), parts.group("account")).in(trustDomain))
                .findFirst();
    }

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
