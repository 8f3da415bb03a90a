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
import org.jspecify.annotations.Nullable;

/** The trust store's certificates as Envoy's secrets, rendered once each. Belongs to the publisher's thread. */
final class WorkloadSecrets implements SecretSource {
    private final TrustStore trust;
    private final Map<SpiffeId, Rendered> rendered = new HashMap<>();

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
}
