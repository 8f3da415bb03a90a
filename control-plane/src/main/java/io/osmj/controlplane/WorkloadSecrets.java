package io.osmj.controlplane;

import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.TrustBundle;
import io.osmj.controlplane.publish.SecretSource;
import io.osmj.controlplane.trust.TrustStore;
import io.osmj.core.identity.SpiffeId;
import io.osmj.xds.render.SecretRenderer;
import io.osmj.xds.resource.EnvoyResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The trust store's certificates as Envoy's secrets, rendered once each. Belongs to the publisher's thread. */
final class WorkloadSecrets implements SecretSource {
    private static final int CALLS_KEPT = 6;

    private final TrustStore trust;
    private final Map<SpiffeId, Rendered> rendered = new HashMap<>();
    private final Map<SpiffeId, Integer> unused = new HashMap<>();

    private record Rendered(IssuedCertificate certificate, TrustBundle roots, List<EnvoyResource> secrets) {}

    WorkloadSecrets(TrustStore trust) {
        this.trust = trust;
    }

    @Override
    public List<EnvoyResource> secrets(SpiffeId identity) {
        IssuedCertificate certificate = trust.workloads().get(identity);
        TrustBundle roots = trust.bundle();
        @Nullable Rendered last = rendered.get(identity);
        if (last != null
                && last.certificate().equals(certificate)
                && last.roots().equals(roots)) {
            return last.secrets();
        }
        List<EnvoyResource> secrets = List.of(
                SecretRenderer.certificate(
                        certificate.chainPem(), certificate.privateKey().text()),
                SecretRenderer.roots(roots.pem()));
        rendered.put(identity, new Rendered(certificate, roots, secrets));
        return secrets;
    }

    /** A proxy that only reconnects should find its certificate, so those not in use are kept for some calls. */
    @Override
    public void inUse(Set<SpiffeId> identities) {
        unused.keySet().removeAll(identities);
        rendered.keySet().stream()
                .filter(identity -> !identities.contains(identity))
                .forEach(identity -> unused.merge(identity, 1, Integer::sum));
        rendered.keySet().removeIf(identity -> unused.getOrDefault(identity, 0) >= CALLS_KEPT);
        unused.keySet().retainAll(rendered.keySet());
        trust.workloads().retainOnly(Set.copyOf(rendered.keySet()));
    }
}
