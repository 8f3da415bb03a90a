package io.osmj.integration.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmj.controlplane.trust.TrustException;
import io.osmj.core.names.Annotations;
import io.osmj.core.names.Labels;
import io.osmj.injector.request.NamespaceFacts;
import io.osmj.integration.apiserver.ApiServer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("apiserver")
@ExtendWith(ApiServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PodAdmissionTest {
    private static final Duration RECONCILED = Duration.ofSeconds(10);
    private static final Map<String, String> INJECT = Map.of(Annotations.SIDECAR_INJECTION, "enabled");

    private final KubernetesClient client;
    private final WebhookSetting setting;
    private String namespace = "";

    PodAdmissionTest(ApiServer.Running server) throws TrustException {
        this.client = server.client();
        this.setting = new WebhookSetting(server);
    }

    @BeforeAll
    void install() {
        client.resource(setting.mutatingConfiguration()).create();
        namespace = setting.memberNamespace();
        awaitTrust();
        // The API server reads its webhook configurations with a delay of its own.
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        injected(client.resource(pod("probe", INJECT)).dryRun().create()));
    }

    @AfterAll
    void stop() {
        setting.close();
    }

    private void awaitTrust() {
        String wanted =
                Base64.getEncoder().encodeToString(setting.trust.bundle().pem().getBytes(UTF_8));
        await().atMost(RECONCILED).until(() -> wanted.equals(caBundle()));
    }

    private String caBundle() {
        return String.valueOf(
                configuration().getWebhooks().getFirst().getClientConfig().getCaBundle());
    }

    private MutatingWebhookConfiguration configuration() {
        return client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(setting.mutating())
                .get();
    }

    private Pod pod(String name, Map<String, String> annotations) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName("app")
                .addNewContainer()
                .withName("app")
                .withImage("app:test")
                .endContainer()
                .endSpec()
                .build();
    }

    private static Pod result(Future<Pod> creation) {
        try {
            return creation.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean injected(Pod pod) {
        return pod.getMetadata().getLabels() != null
                && pod.getMetadata().getLabels().containsKey(Labels.PROXY_UUID)
                && pod.getSpec().getInitContainers().stream()
                        .map(Container::getName)
                        .anyMatch("envoy"::equals);
    }

    @Test
    void aPodGetsItsSidecar() {
        assertThat(injected(client.resource(pod("app", INJECT)).create())).isTrue();
    }

    /** As of {@code kubectl get -o yaml}, of a pod whose name the API server has made. */
    @Test
    void aCopyUnderAnotherNameHasAProxyOfItsOwn() {
        Pod made = pod("", INJECT);
        made.getMetadata().setName(null);
        made.getMetadata().setGenerateName("made-");
        Pod original = client.resource(made).create();
        assertThat(original.getMetadata().getName()).startsWith("made-");

        Pod copy = client.resource(new PodBuilder(original)
                        .editMetadata()
                        .withName("copy")
                        .withResourceVersion(null)
                        .withUid(null)
                        .endMetadata()
                        .build())
                .create();

        assertThat(injected(copy)).isTrue();
        assertThat(uuid(copy)).isNotEqualTo(uuid(original));
        assertThat(copy.getSpec().toString()).contains(uuid(copy)).doesNotContain(uuid(original));
    }

    private static String uuid(Pod pod) {
        return String.valueOf(pod.getMetadata().getLabels().get(Labels.PROXY_UUID));
    }

    @Test
    void aDryRunGetsItsSidecarAndLeavesNothingBehind() {
        int secrets = client.secrets().inNamespace(namespace).list().getItems().size();

        assertThat(injected(client.resource(pod("dry", INJECT)).dryRun().create()))
                .isTrue();
        assertThat(client.pods().inNamespace(namespace).withName("dry").get()).isNull();
        assertThat(client.secrets().inNamespace(namespace).list().getItems()).hasSize(secrets);
    }

    @Test
    void aPodThatDoesNotWantOneStaysAsItIs() {
        Pod created = client.resource(pod("plain", Map.of(Annotations.SIDECAR_INJECTION, "disabled")))
                .create();

        assertThat(injected(created)).isFalse();
    }

    @Test
    void aBadListIsRefusedWithEveryFault() {
        Pod bad = pod(
                "bad",
                Map.of(
                        Annotations.SIDECAR_INJECTION, "enabled",
                        Annotations.OUTBOUND_PORT_EXCLUSIONS, "6379,nonsense",
                        Annotations.OUTBOUND_RANGE_EXCLUSIONS, "10.0.0.0/99"));

        assertThatThrownBy(() -> client.resource(bad).create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("admission webhook \"osm-inject.k8s.io\" denied the request")
                .hasMessageContaining("M1002 Pod " + namespace + "/bad")
                .hasMessageContaining("nonsense")
                .hasMessageContaining("M1001 Pod " + namespace + "/bad")
                .hasMessageContaining("10.0.0.0/99");
    }

    @Test
    void aNamespaceThatJoinedAMomentAgoIsAskedForAnew() {
        String joined = setting.memberNamespace();
        setting.seen.put(joined, new NamespaceFacts(joined, Map.of(), Map.of()));
        Pod pod = pod("early", INJECT);
        pod.getMetadata().setNamespace(joined);

        assertThat(injected(client.resource(pod).create())).isTrue();
    }

    @Test
    void trustThatIsTakenOutOrReplacedComesBack() {
        client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(setting.mutating())
                .edit(present -> {
                    present.getWebhooks().getFirst().getClientConfig().setCaBundle(null);
                    return present;
                });
        awaitTrust();

        client.resource(configuration()).delete();
        client.resource(setting.mutatingConfiguration()).create();
        awaitTrust();

        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        injected(client.resource(pod("again", INJECT)).dryRun().create()));
    }

    @Test
    void manyAtOnceAllGetTheirSidecars() {
        int pods = 1_000;
        long begin = System.nanoTime();
        List<Pod> created;
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            created = IntStream.range(0, pods)
                    .mapToObj(index -> threads.submit(() -> client.resource(pod("many-" + index, INJECT))
                            .dryRun()
                            .create()))
                    .toList()
                    .stream()
                    .map(PodAdmissionTest::result)
                    .toList();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "%d pods through the API server in %.1f s: %.0f a second; %d reviews took %.1f ms on average%n",
                pods, seconds, pods / seconds, setting.reviews.getCount(), setting.reviews.getAverage() / 1e6);

        assertThat(created).hasSize(pods).allMatch(PodAdmissionTest::injected);
    }
}
