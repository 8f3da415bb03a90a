package io.osmj.xds.serve;

import io.osmj.xds.resource.CertificateVersion;
import io.osmj.xds.resource.EnvoyResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Certificates that a client brings from an earlier stream. One that will do counts as the one the client is to have. */
final class Brought {
    private final Map<String, CertificateVersion> undecided = new HashMap<>();
    private final Collection<CertificateVersion> spared = new ArrayList<>();

    /** The client says it has this. Anything but a certificate is passed over. */
    void claim(String name, String version) {
        CertificateVersion.read(version).ifPresent(certificate -> undecided.put(name, certificate));
    }

    /** Decides once for each, so that whatever the client is to have after that is sent. */
    void compare(Map<String, EnvoyResource> wanted, Ledger ledger) {
        undecided.entrySet().removeIf(entry -> {
            EnvoyResource resource = wanted.get(entry.getKey());
            boolean had = entry.getValue().text().equals(ledger.version(entry.getKey()));
            if (had && resource != null && isMet(resource, entry.getValue())) {
                ledger.claim(resource.name(), resource.version());
                spared.add(entry.getValue());
            }
            return resource != null || !had;
        });
    }

    private static boolean isMet(EnvoyResource resource, CertificateVersion brought) {
        return CertificateVersion.read(resource.version())
                .filter(version -> version.isMetBy(brought))
                .isPresent();
    }

    /** Those that the client was let keep. Given once. */
    List<CertificateVersion> takeSpared() {
        List<CertificateVersion> taken = List.copyOf(spared);
        spared.clear();
        return taken;
    }
}
