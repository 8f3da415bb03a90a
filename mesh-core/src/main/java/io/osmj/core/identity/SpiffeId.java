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

    /** RFC 1123, sections 2.1 and 6.1.3.5, in lower case. */
    private static final Pattern DNS =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

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

    /**
     * OSM's name of the principal, {@code <account>.<namespace>.<trust domain>}, as a DNS name: by it TLS clients that check host names
     * and know no SPIFFE ids, such as nginx, can tell whom they call. None where it is no DNS name, or might be another's: an account
     * with dots looks like an account of another namespace, and in a trust domain with a label {@code svc} it could be the name of a
     * service.
     */
    public Optional<String> dnsName() {
        String name = account.name() + "." + account.namespace() + "." + trustDomain;
        boolean own = !account.name().contains(".")
                && !("." + trustDomain + ".").contains(".svc.")
                && DNS.matcher(name).matches();
        return own ? Optional.of(name) : Optional.empty();
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
