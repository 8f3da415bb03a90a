package io.osmj.controlplane.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.Pem;
import io.osmj.certificates.PrivateKeyPem;
import io.osmj.certificates.TrustBundle;
import io.osmj.core.settings.GatewayCertificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Secret of type {@code kubernetes.io/tls} with the entries that ingress controllers read: {@code tls.crt}, {@code tls.key} and, for the
 * certificates of those they call, {@code ca.crt}. It carries a label; whatever does not is somebody else's.
 */
final class GatewaySecret {
    /** Its value is the name of the mesh. By it {@code osm uninstall mesh} finds the Secret again. */
    static final String LABEL = "openservicemesh.io/ingress-gateway";

    private static final String TYPE = "kubernetes.io/tls";
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";
    private static final String ROOTS = "ca.crt";

    /** When it was issued, by the clock of the control plane; the certificate itself is valid from some minutes before. */
    private static final String ISSUED = "openservicemesh.io/issued-at";

    private final KubernetesClient client;
    private final String mesh;
    private final GatewayCertificate place;

    GatewaySecret(KubernetesClient client, String mesh, GatewayCertificate place) {
        this.client = client;
        this.mesh = mesh;
        this.place = place;
    }

    /** As it stands there now. */
    @Nullable
    Secret present() {
        return resource().get();
    }

    boolean ours(Secret secret) {
        Map<String, String> labels = secret.getMetadata().getLabels();
        return TYPE.equals(secret.getType()) && labels != null && mesh.equals(labels.get(LABEL));
    }

    /** The certificate in it; none where an entry is missing or damaged, or the Secret holds other roots than these. */
    Optional<IssuedCertificate> certificate(Secret secret, TrustBundle roots) {
        try {
            List<X509Certificate> chain = Pem.certificates(text(secret, CERTIFICATE));
            Map<String, String> notes = secret.getMetadata().getAnnotations();
            String issued = notes == null ? "" : notes.getOrDefault(ISSUED, "");
            return chain.isEmpty() || !text(secret, ROOTS).equals(roots.pem())
                    ? Optional.empty()
                    : Optional.of(
                            new IssuedCertificate(chain, new PrivateKeyPem(text(secret, KEY)), Instant.parse(issued)));
        } catch (CertificateException | DateTimeException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /**
     * Writes it in place of what was there.
     *
     * @param before what it replaces, if that is still there unchanged; none to create it
     */
    void write(@Nullable Secret before, IssuedCertificate issued, TrustBundle roots) {
        Resource<Secret> fresh = client.resource(secret(before, issued, roots));
        if (before == null) {
            fresh.create();
        } else {
            fresh.update();
        }
    }

    /** Deletes it, if it is ours. */
    void delete() {
        Secret secret = present();
        if (secret != null && ours(secret)) {
            client.resource(secret).delete();
        }
    }

    private Secret secret(@Nullable Secret before, IssuedCertificate issued, TrustBundle roots) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(place.namespace())
                .withName(place.secret())
                .withResourceVersion(
                        before == null ? null : before.getMetadata().getResourceVersion())
                .withLabels(Map.of("app.kubernetes.io/name", "openservicemesh.io", LABEL, mesh))
                .withAnnotations(Map.of(ISSUED, issued.issuedAt().toString()))
                .endMetadata()
                .withType(TYPE)
                .addToData(CERTIFICATE, encoded(issued.chainPem()))
                .addToData(KEY, encoded(issued.privateKey().text()))
                .addToData(ROOTS, encoded(roots.pem()))
                .build();
    }

    private Resource<Secret> resource() {
        return client.secrets().inNamespace(place.namespace()).withName(place.secret());
    }

    private static String text(Secret secret, String entry) {
        String encoded = secret.getData() == null ? null : secret.getData().get(entry);
        return encoded == null ? "" : new String(Base64.getDecoder().decode(encoded), UTF_8);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
