package io.osmj.integration.admission;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperationsBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.ServerNames;
import io.osmj.controlplane.admission.AdmissionFacts;
import io.osmj.controlplane.admission.AdmissionMetrics;
import io.osmj.controlplane.admission.AdmissionOptions;
import io.osmj.controlplane.admission.AdmissionServer;
import io.osmj.controlplane.trust.TrustEvents;
import io.osmj.controlplane.trust.TrustException;
import io.osmj.controlplane.trust.TrustOptions;
import io.osmj.controlplane.trust.TrustStore;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.names.Labels;
import io.osmj.core.problem.Problem;
import io.osmj.core.settings.MeshSettings;
import io.osmj.injector.request.MeshFacts;
import io.osmj.injector.request.NamespaceFacts;
import io.osmj.integration.apiserver.ApiServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Trust, the admission server on free ports, and webhook configurations as the chart makes them, but that they lead to an
 * address of this machine. The API server is a real one.
 */
final class WebhookSetting implements AutoCloseable {
    private static final ServerNames HERE = new ServerNames(List.of("localhost"));

    final String mesh;
    final String meshNamespace;
    final TrustStore trust;
    final AdmissionServer admission;

    /** What the informers would have seen; empty, so that the API server is asked. */
    final Map<String, NamespaceFacts> seen = new ConcurrentHashMap<>();

    /** How long reviews took, in nanoseconds. */
    final LongSummaryStatistics reviews = new LongSummaryStatistics();

    private final ApiServer.Running server;

    WebhookSetting(ApiServer.Running server) throws TrustException {
        this.server = server;
        this.meshNamespace = server.namespace(Map.of());
        this.mesh = "mesh-of-" + meshNamespace;
        this.trust = new TrustStore(
                server.client(),
                new TrustOptions(meshNamespace, "osm-ca-bundle"),
                () -> Duration.ofDays(1),
                new Silent(),
                InstantSource.system());
        trust.start();
        AdmissionOptions options = new AdmissionOptions(
                new AdmissionOptions.Server(0, HERE, mutating()), new AdmissionOptions.Server(0, HERE, validating()));
        this.admission = new AdmissionServer(server.client(), trust, options, new Facts(), metrics());
        admission.start();
    }

    private AdmissionMetrics metrics() {
        return (_, _, _, took) -> {
            synchronized (reviews) {
                reviews.accept(took.toNanos());
            }
        };
    }

    String mutating() {
        return "osm-webhook-" + mesh;
    }

    String validating() {
        return "osm-validator-mesh-" + mesh;
    }

    /** A new namespace of this mesh. */
    String memberNamespace() {
        return server.namespace(Map.of(Labels.MONITORED_BY, mesh));
    }

    /** As the chart installs it, so without {@code caBundle}. */
    MutatingWebhookConfiguration mutatingConfiguration() {
        return new MutatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName(mutating())
                .endMetadata()
                .addNewWebhook()
                .withName("osm-inject.k8s.io")
                .withNewClientConfig()
                .withUrl("https://localhost:" + admission.injectorPort() + "/mutate-pod-creation")
                .endClientConfig()
                .withAdmissionReviewVersions("v1")
                .withFailurePolicy("Fail")
                .withReinvocationPolicy("IfNeeded")
                .withSideEffects("None")
                .withNamespaceSelector(members())
                .withRules(rule("", "v1", "pods"))
                .endWebhook()
                .build();
    }

    /** As the chart installs it, so without {@code caBundle}. */
    ValidatingWebhookConfiguration validatingConfiguration() {
        return new ValidatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName(validating())
                .endMetadata()
                .addNewWebhook()
                .withName("osm-validator.k8s.io")
                .withNewClientConfig()
                .withUrl("https://localhost:" + admission.validatorPort() + "/validate")
                .endClientConfig()
                .withAdmissionReviewVersions("v1")
                .withFailurePolicy("Fail")
                .withSideEffects("None")
                .withNamespaceSelector(members())
                .withRules(
                        rule("policy.openservicemesh.io", "v1alpha1", "*"),
                        rule("config.openservicemesh.io", "v1alpha2", "meshconfigs"),
                        rule("access.smi-spec.io", "v1alpha3", "*"),
                        rule("specs.smi-spec.io", "v1alpha4", "*"),
                        rule("split.smi-spec.io", "v1alpha2", "*"))
                .endWebhook()
                .build();
    }

    private LabelSelector members() {
        return new LabelSelectorBuilder()
                .addToMatchLabels(Labels.MONITORED_BY, mesh)
                .build();
    }

    private static RuleWithOperations rule(String group, String version, String resource) {
        return new RuleWithOperationsBuilder()
                .withApiGroups(group)
                .withApiVersions(version)
                .withOperations("CREATE", "UPDATE")
                .withResources(resource)
                .build();
    }

    @Override
    public void close() {
        server.client().resource(mutatingConfiguration()).delete();
        server.client().resource(validatingConfiguration()).delete();
        admission.close();
        trust.close();
    }

    private final class Facts implements AdmissionFacts {
        @Override
        public MeshSettings settings() {
            return MeshSettings.WITHOUT_MESH_CONFIG;
        }

        @Override
        public MeshFacts mesh() {
            return new MeshFacts(
                    mesh,
                    meshNamespace,
                    "osm-sidecar:test",
                    "osm-sidecar:test",
                    "Never",
                    trust.bundle().pem(),
                    true);
        }

        @Override
        public Optional<NamespaceFacts> namespace(String name) {
            return Optional.ofNullable(seen.get(name));
        }
    }

    private static final class Silent implements TrustEvents {
        @Override
        public void renewed(SpiffeId id, IssuedCertificate certificate) {}

        @Override
        public void alarm(Problem problem) {}
    }
}
