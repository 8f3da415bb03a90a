package io.osmj.controlplane;

import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.TrustBundle;
import io.osmj.certificates.rotation.WorkloadCertificates;
import io.osmj.controlplane.publish.SecretSource;
import io.osmj.core.identity.SpiffeId;
import io.osmj.xds.render.SecretRenderer;
import io.osmj.xds.resource.CertificateVersion;
import io.osmj.xds.resource.EnvoyResource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The trust store's certificates as Envoy's secrets, rendered once each. Belongs to the publisher's thread. */
final class WorkloadSecrets implements SecretSource {
    private static final int CALLS_KEPT = 6;

    private final Supplier<WorkloadCertificates> certificates;
    private final Supplier<TrustBundle> bundle;
    private final Map<SpiffeId, Rendered> rendered = new HashMap<>();
    private final Map<SpiffeId, Integer> unused = new HashMap<>();

    private record Rendered(IssuedCertificate certificate, TrustBundle roots, List<EnvoyResource> secrets) {}

    /** Both are asked anew each time, because trust is set up after the publisher was made. */
    WorkloadSecrets(Supplier<WorkloadCertificates> certificates, Supplier<TrustBundle> bundle) {
        this.certificates = certificates;
        this.bundle = bundle;
    }

    @Override
    public List<EnvoyResource> secrets(SpiffeId identity) {
        IssuedCertificate certificate = certificates.get().get(identity);
        TrustBundle roots = bundle.get();
        @Nullable Rendered last = rendered.get(identity);
        if (last != null
                && last.certificate().equals(certificate)
                && last.roots().equals(roots)) {
            return last.secrets();
        }
        List<EnvoyResource> secrets = List.of(
                SecretRenderer.certificate(
                                certificate.chainPem(), certificate.privateKey().text())
                        .under(version(identity, certificate, roots)),
                SecretRenderer.roots(roots.pem()));
        rendered.put(identity, new Rendered(certificate, roots, secrets));
        return secrets;
    }

    /** A certificate with half of its life before it is not sent anew because the control plane was started anew. */
    private static CertificateVersion version(SpiffeId identity, IssuedCertificate certificate, TrustBundle roots) {
        Duration life = Duration.between(certificate.issuedAt(), certificate.notAfter());
        return CertificateVersion.of(
                identity.uri(),
                roots.pem(),
                certificate.notAfter(),
                certificate.issuedAt().plus(life.dividedBy(2)));
    }

    @Override
    public void kept(SpiffeId identity, Instant end) {
        certificates.get().kept(identity, end);
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
        certificates.get().retainOnly(Set.copyOf(rendered.keySet()));
    }
}
