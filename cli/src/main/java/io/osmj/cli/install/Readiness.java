package io.osmj.cli.install;

import static java.util.Objects.requireNonNullElse;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmj.cli.mesh.Meshes;
import io.osmj.cli.session.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Waits until a control plane that was installed does its work, and says what is missing while it does not. */
final class Readiness {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final String namespace;
    private final String mesh;

    Readiness(KubernetesClient client, String namespace, String mesh) {
        this.client = client;
        this.namespace = namespace;
        this.mesh = mesh;
    }

    private record Step(String done, Supplier<Optional<String>> missing) {}

    /** Returns when everything is there, fails when the time is up. */
    void await(Duration timeout, Progress progress) {
        var end = Instant.now().plus(timeout);
        for (var step : List.of(
                new Step("MeshConfig osm-mesh-config is present", this::meshConfigMissing),
                new Step("deployment osm-controller is available", this::controllerMissing),
                new Step("the API server trusts the webhooks", this::trustMissing))) {
            await(step, timeout, end, progress);
            progress.done(step.done());
        }
    }

    private static void await(Step step, Duration timeout, Instant end, Progress progress) {
        var nextLine = Instant.now().plus(BETWEEN_LINES);
        for (var missing = step.missing().get();
                missing.isPresent();
                missing = step.missing().get()) {
            var now = Instant.now();
            if (now.isAfter(end)) {
                throw new Failure("after %d s it is still not so that %s: %s"
                        .formatted(timeout.toSeconds(), step.done(), missing.get()));
            }
            if (now.isAfter(nextLine)) {
                progress.waiting(missing.get());
                nextLine = now.plus(BETWEEN_LINES);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted while waiting for the control plane", stopped);
        }
    }

    private Optional<String> meshConfigMissing() {
        var found = client.genericKubernetesResources("config.openservicemesh.io/v1alpha2", "MeshConfig")
                .inNamespace(namespace)
                .withName("osm-mesh-config")
                .get();
        return found != null ? Optional.empty() : Optional.of("MeshConfig osm-mesh-config does not exist");
    }

    private Optional<String> controllerMissing() {
        var controller = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName("osm-controller")
                .get();
        if (available(controller)) {
            return Optional.empty();
        }
        var pods = client.pods()
                .inNamespace(namespace)
                .withLabels(Meshes.CONTROLLER)
                .list();
        return Optional.of(PodTrouble.of(pods.getItems()));
    }

    private static boolean available(@Nullable Deployment controller) {
        if (controller == null || controller.getStatus() == null) {
            return false;
        }
        var status = controller.getStatus();
        var observed = requireNonNullElse(status.getObservedGeneration(), 0L);
        return observed >= controller.getMetadata().getGeneration()
                && requireNonNullElse(status.getAvailableReplicas(), 0)
                        >= requireNonNullElse(controller.getSpec().getReplicas(), 1);
    }

    private Optional<String> trustMissing() {
        var admission = client.admissionRegistration().v1();
        var ours = Map.of("app.kubernetes.io/name", "openservicemesh.io", "app.kubernetes.io/instance", mesh);
        var injectors = admission.mutatingWebhookConfigurations().withLabels(ours).list().getItems().stream()
                .flatMap(configuration -> configuration.getWebhooks().stream())
                .filter(webhook -> webhook.getClientConfig().getCaBundle() == null)
                .map(webhook -> webhook.getName());
        var validators = admission.validatingWebhookConfigurations().withLabels(ours).list().getItems().stream()
                .flatMap(configuration -> configuration.getWebhooks().stream())
                .filter(webhook -> webhook.getClientConfig().getCaBundle() == null)
                .map(webhook -> webhook.getName());
        return Stream.concat(injectors, validators)
                .findFirst()
                .map(name -> "the controller has not written the caBundle of webhook " + name);
    }
}
