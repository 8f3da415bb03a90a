package io.osmj.certificates;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The roots that are trusted.
 *
 * @param roots at least one; the one that signs now comes first
 */
public record TrustBundle(List<X509Certificate> roots) {
    public TrustBundle {
        roots = List.copyOf(roots);
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("a trust bundle without a root would trust nobody");
        }
    }

    /** All roots as PEM. */
    public String pem() {
        return Pem.write(roots);
    }

    /** Names the roots by their serial numbers. */
    @Override
    public String toString() {
        return "roots "
                + roots.stream()
                        .map(root -> root.getSerialNumber().toString(16))
                        .toList();
    }
}
