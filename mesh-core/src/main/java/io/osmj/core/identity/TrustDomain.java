package io.osmj.core.identity;

import java.util.regex.Pattern;

/**
 * A SPIFFE trust domain, for example {@code cluster.local}.
 *
 * @param name lower-case letters, digits, dots, dashes and underscores, at most 255 characters (SPIFFE-ID, section 2.1)
 */
public record TrustDomain(String name) {
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9._-]{1,255}");

    /** The default, as in Open Service Mesh. */
    public static final TrustDomain CLUSTER_LOCAL = new TrustDomain("cluster.local");

    public TrustDomain {
        if (!ALLOWED.matcher(name).matches()) {
            throw new IllegalArgumentException("not a trust domain: '" + name
                    + "'; use lower-case letters, digits, dots, dashes and underscores only");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
