package io.osmj.controlplane.admission;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.function.Supplier;

/** Keeps the API server's trust in our two servers: the roots of the mesh stand in both webhook configurations. */
final class WebhookTrust implements AutoCloseable {
    private final CaBundleKeeper<MutatingWebhookConfiguration> injector;
    private final CaBundleKeeper<ValidatingWebhookConfiguration> validator;

    /**
     * Connects the parts; nothing is asked of the API server yet.
     *
     * @param roots PEM of what is to be trusted, asked for each time
     */
    WebhookTrust(KubernetesClient client, AdmissionOptions options, Supplier<String> roots) {
        var kinds = client.admissionRegistration().v1();
        this.injector = new CaBundleKeeper<>(
                kinds.mutatingWebhookConfigurations()
                        .withName(options.injector().configuration()),
                WebhookTrust::mutating,
                roots);
        this.validator = new CaBundleKeeper<>(
                kinds.validatingWebhookConfigurations()
                        .withName(options.validator().configuration()),
                WebhookTrust::validating,
                roots);
    }

    void start() {
        injector.start();
        validator.start();
    }

    @Override
    public void close() {
        injector.close();
        validator.close();
    }

    private static List<CaBundleKeeper.Entry> mutating(MutatingWebhookConfiguration configuration) {
        return configuration.getWebhooks().stream().map(WebhookTrust::entry).toList();
    }

    private static List<CaBundleKeeper.Entry> validating(ValidatingWebhookConfiguration configuration) {
        return configuration.getWebhooks().stream().map(WebhookTrust::entry).toList();
    }

    private static CaBundleKeeper.Entry entry(MutatingWebhook webhook) {
        return new CaBundleKeeper.Entry(
                webhook.getName(), webhook.getClientConfig().getCaBundle());
    }

    private static CaBundleKeeper.Entry entry(ValidatingWebhook webhook) {
        return new CaBundleKeeper.Entry(
                webhook.getName(), webhook.getClientConfig().getCaBundle());
    }
}
