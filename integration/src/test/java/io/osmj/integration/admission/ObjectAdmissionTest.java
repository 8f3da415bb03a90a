package io.osmj.integration.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmj.controlplane.trust.TrustException;
import io.osmj.integration.apiserver.ApiServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("apiserver")
@ExtendWith(ApiServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectAdmissionTest {
    private static final Path KINDS = Path.of("..", "charts", "osm", "crds");

    private static final String TARGET = """
            apiVersion: access.smi-spec.io/v1alpha3
            kind: TrafficTarget
            metadata: {name: %s, namespace: %s}
            spec:
              destination: {kind: ServiceAccount, name: bookstore, namespace: %s}
              sources: [{kind: ServiceAccount, name: bookbuyer, namespace: bookbuyer}]
              rules: [{kind: HTTPRouteGroup, name: routes, matches: [all]}]
            """;

    private static final String ROUTES = """
            apiVersion: specs.smi-spec.io/v1alpha4
            kind: HTTPRouteGroup
            metadata: {name: %s, namespace: %s}
            spec: {matches: [{name: all, pathRegex: '%s', methods: [GET]}]}
            """;

    private final KubernetesClient client;
    private final WebhookSetting setting;
    private String namespace = "";

    ObjectAdmissionTest(ApiServer.Running server) throws TrustException {
        this.client = server.client();
        this.setting = new WebhookSetting(server);
    }

    @BeforeAll
    void install() throws IOException {
        try (Stream<Path> kinds = Files.list(KINDS)) {
            for (Path kind : kinds.sorted().toList()) {
                try (InputStream definition = Files.newInputStream(kind)) {
                    client.load(definition).serverSideApply();
                }
            }
        }
        client.resource(setting.validatingConfiguration()).create();
        namespace = setting.memberNamespace();
        // Kinds are served, and webhooks asked, some moments after they are written.
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> assertThatThrownBy(() -> dryRun(TARGET.formatted("probe", namespace, "elsewhere")))
                        .hasMessageContaining("M2001"));
    }

    @AfterAll
    void stop() {
        setting.close();
    }

    private GenericKubernetesResource object(String yaml) {
        return client.getKubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
    }

    private void dryRun(String yaml) {
        client.resource(object(yaml)).dryRun().create();
    }

    private void create(String yaml) {
        client.resource(object(yaml)).create();
    }

    private void refused(String yaml, String... because) {
        assertThatThrownBy(() -> create(yaml))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("admission webhook \"osm-validator.k8s.io\" denied the request")
                .hasMessageContainingAll(because);
    }

    @Test
    void aTargetAwayFromItsDestinationIsRefused() {
        refused(
                TARGET.formatted("away", namespace, "elsewhere"),
                "M2001 TrafficTarget " + namespace + "/away spec.destination.namespace",
                "The traffic target namespace (" + namespace + ") must match spec.Destination.Namespace (elsewhere)",
                "Create the target in namespace elsewhere.");
    }

    @Test
    void aTargetMayComeBeforeItsRoutes() {
        create(TARGET.formatted("early", namespace, namespace));

        assertThat(client.genericKubernetesResources("access.smi-spec.io/v1alpha3", "TrafficTarget")
                        .inNamespace(namespace)
                        .withName("early")
                        .get())
                .isNotNull();
    }

    @Test
    void routesThatEnvoyWouldRefuseAreRefused() {
        create(ROUTES.formatted("good", namespace, "/books/[^/]+"));
        refused(
                ROUTES.formatted("broken", namespace, "/books/("),
                "M2008 HTTPRouteGroup " + namespace + "/broken spec.matches[0].pathRegex");
        refused(ROUTES.formatted("large", namespace, "\\w{40}"), "instructions");
        refused(ROUTES.formatted("bomb", namespace, "((a{0,900}){0,900}){0,900}"), "repeats so much");
    }

    @Test
    void limitedPathsThatEnvoyWouldRefuseAreRefused() {
        String limits = """
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: UpstreamTrafficSetting
                metadata: {name: %s, namespace: %s}
                spec:
                  host: %1$s
                  httpRoutes:
                  - {path: "%3$s", rateLimit: {local: {requests: 1, unit: second}}}
                """;
        create(limits.formatted("any-path", namespace, "/v1.0/invoke/[^/]+/method/.*"));
        refused(
                limits.formatted("no-path", namespace, "/books/("),
                "M2008 UpstreamTrafficSetting " + namespace
                        + "/no-path spec.httpRoutes[0].path: '/books/(' is not an RE2"
                        + " expression: missing closing ). Write a shorter RE2 expression; it must match the whole value.");
        refused(limits.formatted("large-path", namespace, "/[^/]{60}"), "instructions");
    }

    @Test
    void aChangeForTheWorseIsRefused() {
        create(ROUTES.formatted("changed", namespace, "/a"));
        GenericKubernetesResource worse = object(ROUTES.formatted("changed", namespace, "("));

        assertThatThrownBy(() -> client.resource(worse).forceConflicts().serverSideApply())
                .hasMessageContaining("M2008");
    }

    @Test
    void meshConfigIsRefusedByItsPaths() {
        refused(
                """
                apiVersion: config.openservicemesh.io/v1alpha2
                kind: MeshConfig
                metadata: {name: osm-mesh-config, namespace: %s}
                spec: {sidecar: {cipherSuites: ["no suite"], ecdhCurves: ["no curve"]}}
                """.formatted(namespace),
                "M1005 MeshConfig " + namespace + "/osm-mesh-config spec.sidecar.cipherSuites[0]",
                "M1005 MeshConfig " + namespace + "/osm-mesh-config spec.sidecar.ecdhCurves[0]");
    }

    @Test
    void aSecondUpstreamSettingForAServiceIsRefused() {
        String setting = """
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: UpstreamTrafficSetting
                metadata: {name: %s, namespace: %s}
                spec: {host: web}
                """;
        create(setting.formatted("first", namespace));
        refused(
                setting.formatted("second", namespace),
                "M2028 UpstreamTrafficSetting " + namespace + "/second spec.host",
                "UpstreamTrafficSetting " + namespace + "/first");
    }

    @Test
    void everyKindOfTheChartIsKnown() {
        List<String> objects = List.of(
                "{apiVersion: policy.openservicemesh.io/v1alpha1, kind: Retry, spec: {source: {kind: ServiceAccount, name: a,"
                        + " namespace: b}, destinations: [{kind: Service, name: a, namespace: b}], retryPolicy: {retryOn: 5xx,"
                        + " perTryTimeout: 1s, numRetries: 1, retryBackoffBaseInterval: 1s}}}",
                "{apiVersion: policy.openservicemesh.io/v1alpha1, kind: Telemetry, spec: {}}",
                "{apiVersion: policy.openservicemesh.io/v1alpha1, kind: UpstreamTrafficSetting, spec: {host: a}}",
                "{apiVersion: specs.smi-spec.io/v1alpha4, kind: TCPRoute, spec: {matches: {ports: [80]}}}",
                "{apiVersion: split.smi-spec.io/v1alpha2, kind: TrafficSplit, spec: {service: a, backends: [{service: b,"
                        + " weight: 1}]}}");
        for (String yaml : objects) {
            create("metadata: {name: known, namespace: " + namespace + "}\n"
                    + yaml.substring(1, yaml.length() - 1)
                            .replaceFirst(", kind", "\nkind")
                            .replaceFirst(", spec", "\nspec"));
        }
    }
}
