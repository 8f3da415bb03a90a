package io.osmj.cli.check;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether the API server will ask the mesh about pods and policies, and trust its answers. */
final class WebhookCheck {
    private static final String NAME = "osm-webhooks";
    private final Surroundings around;

    WebhookCheck(Surroundings around) {
        this.around = around;
    }

    Category run() {
        var ours =
                Map.of("app.kubernetes.io/name", "openservicemesh.io", "app.kubernetes.io/instance", around.meshName());
        var admission = around.client().admissionRegistration().v1();
        var findings = new ArrayList<Finding>();
        findings.addAll(check(
                "injector",
                admission.mutatingWebhookConfigurations().withLabels(ours).list().getItems().stream()
                        .flatMap(configuration -> configuration.getWebhooks().stream())
                        .toList(),
                webhook -> webhook.getName(),
                webhook -> webhook.getClientConfig()));
        findings.addAll(check(
                "validator",
                admission.validatingWebhookConfigurations().withLabels(ours).list().getItems().stream()
                        .flatMap(configuration -> configuration.getWebhooks().stream())
                        .toList(),
                webhook -> webhook.getName(),
                webhook -> webhook.getClientConfig()));
        return new Category(NAME, findings);
    }

    private static <W> List<Finding> check(
            String what, List<W> webhooks, Function<W, String> name, Function<W, WebhookClientConfig> connection) {
        if (webhooks.isEmpty()) {
            return List.of(Finding.fail(
                    "the %s is registered".formatted(what),
                    "there is no webhook configuration of this mesh",
                    "run: helm upgrade or osm install again; it comes with the chart"));
        }
        return webhooks.stream()
                .map(webhook -> {
                    var description = "the API server trusts the %s (%s)".formatted(what, name.apply(webhook));
                    return distrust(connection.apply(webhook).getCaBundle())
                            .map(reason -> Finding.fail(
                                    description,
                                    reason,
                                    "the controller writes the caBundle when it starts; see its log"))
                            .orElseGet(() -> Finding.pass(description));
                })
                .toList();
    }

    private static Optional<String> distrust(@Nullable String caBundle) {
        if (caBundle == null || caBundle.isEmpty()) {
            return Optional.of("its caBundle is empty");
        }
        try {
            var certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(Base64.getDecoder().decode(caBundle)));
            for (var certificate : certificates) {
                if (certificate instanceof X509Certificate authority) {
                    authority.checkValidity();
                }
            }
            return certificates.isEmpty() ? Optional.of("its caBundle holds no certificate") : Optional.empty();
        } catch (CertificateExpiredException | CertificateNotYetValidException notNow) {
            return Optional.of("a certificate of its caBundle is not valid now: " + notNow.getMessage());
        } catch (CertificateException | IllegalArgumentException unreadable) {
            return Optional.of("its caBundle cannot be read: " + unreadable.getMessage());
        }
    }
}
