package io.osmj.cli.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.osmj.cli.cluster.RealApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("apiserver")
@ExtendWith(RealApiServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomResourcesTest {
    private static final Path KINDS = Path.of("..", "charts", "osm", "crds");
    private static final String NAMESPACE = "kinds";
    private final RealApiServer.Running server;
    private final KubernetesClient client;

    CustomResourcesTest(RealApiServer.Running server) {
        this.server = server;
        this.client = server.client();
    }

    @BeforeAll
    void applyTheKinds() throws IOException {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        for (var file : files()) {
            client.load(Files.newInputStream(file)).serverSideApply();
        }
        for (var file : files()) {
            var name = nameOf(file);
            await(name).atMost(Duration.ofSeconds(30)).until(() -> isEstablished(name));
        }
    }

    @AfterAll
    void leaveNothingToOtherTests() throws IOException {
        for (var file : files()) {
            var kinds = client.apiextensions().v1().customResourceDefinitions();
            kinds.withName(nameOf(file)).withTimeout(30, TimeUnit.SECONDS).delete();
        }
        server.endNamespace(NAMESPACE);
    }

    @Test
    void everyKindIsServed() throws IOException {
        assertThat(files())
                .hasSize(12)
                .allSatisfy(file -> assertThat(isEstablished(nameOf(file))).isTrue());
    }

    @Test
    void fillsInWhatIsNotSaid() {
        var created = create(
                meshConfig("defaults", "{sidecar: {}, traffic: {inboundExternalAuthorization: {enable: false}}}"));

        assertThat((String) created.get("spec", "sidecar", "tlsMinProtocolVersion"))
                .isEqualTo("TLSv1_2");
        assertThat((String) created.get("spec", "sidecar", "tlsMaxProtocolVersion"))
                .isEqualTo("TLSv1_3");
        assertThat((String) created.get("spec", "sidecar", "localProxyMode")).isEqualTo("Localhost");
        assertThat((String) created.get("spec", "traffic", "inboundExternalAuthorization", "statPrefix"))
                .isEqualTo("inboundExtAuthz");
        assertThat((String) created.get("spec", "traffic", "inboundExternalAuthorization", "timeout"))
                .isEqualTo("1s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{sidecar: {logLevel: 'off'}}",
                "{traffic: {outboundIPRangeExclusionList: [10.0.0.1/32, 0.0.0.0/0, 192.168.17.3/16, 255.255.255.255/8]}}",
                "{traffic: {outboundPortExclusionList: [50005, 8201, 6379, 1, 65535]}}",
                "{sidecar: {resources: {limits: {cpu: 2, memory: 64Mi}}, configResyncInterval: 90s}}",
                "{certificate: {serviceCertValidityDuration: 1h30m, certKeyBitSize: 1024}}"
            })
    void acceptsWhatOpenServiceMeshAccepted(String spec) {
        var accepted =
                client.resource(meshConfig("accepted", spec)).dryRun(true).create();

        assertThat(accepted.getMetadata().getName()).isEqualTo("accepted");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{traffic: {outboundPortExclusionList: [80, 70000]}} | spec.traffic.outboundPortExclusionList[1] | 65535",
                "{traffic: {inboundPortExclusionList: [0]}} | spec.traffic.inboundPortExclusionList[0] | greater than or equal to 1",
                "{traffic: {outboundIPRangeExclusionList: [10.0.0.1]}} | spec.traffic.outboundIPRangeExclusionList[0] | such as 10.0.0.1/32",
                "{traffic: {outboundIPRangeInclusionList: [10.0.0.1/33]}} | spec.traffic.outboundIPRangeInclusionList[0] | such as 10.0.0.1/32",
                "{traffic: {outboundIPRangeInclusionList: [10.0.0.256/8]}} | spec.traffic.outboundIPRangeInclusionList[0] | such as 10.0.0.1/32",
                "{traffic: {networkInterfaceExclusionList: [net1, a b]}} | spec.traffic.networkInterfaceExclusionList[1] | such as eth0",
                "{traffic: {networkInterfaceExclusionList: [a-name-of-16-chr]}} | spec.traffic.networkInterfaceExclusionList[0] | such as eth0",
                "{sidecar: {maxDataPlaneConnections: -1}} | spec.sidecar.maxDataPlaneConnections | greater than or equal to 0",
                "{sidecar: {logLevel: loud}} | spec.sidecar.logLevel | \"supported values: \"\"trace\"\"\"",
                "{sidecar: {localProxyMode: Remote}} | spec.sidecar.localProxyMode | \"\"\"PodIP\"\"\"",
                "{sidecar: {tlsMinProtocolVersion: TLSv2}} | spec.sidecar.tlsMinProtocolVersion | TLSv1_3",
                "{traffic: {inboundExternalAuthorization: {enable: true}}} | spec.traffic.inboundExternalAuthorization.enable | not acted on yet",
                "{observability: {osmLogLevel: chatty}} | spec.observability.osmLogLevel | disabled",
                "{observability: {accessLog: Some}} | spec.observability.accessLog | Failures",
                "{certificate: {serviceCertValidityDuration: a day, certKeyBitSize: 2048}} | spec.certificate.serviceCertValidityDuration | must be a duration",
                "{certificate: {certKeyBitSize: 2048}} | spec.certificate.serviceCertValidityDuration | Required value"
            })
    void refusesWithTheFieldNamed(String spec, String field, String reason) {
        assertThatThrownBy(() -> create(meshConfig("refused", spec)))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(field)
                .hasMessageContaining(reason);
    }

    @Test
    void aClientOfTheOlderVersionIsWarnedAndLosesNothing() throws Exception {
        create(meshConfig(
                "older", "{sidecar: {localProxyMode: PodIP}, traffic: {networkInterfaceExclusionList: [net1]}}"));
        var path = "apis/config.openservicemesh.io/v1alpha1/namespaces/" + NAMESPACE + "/meshconfigs/older";

        var response = patch(path, "{\"spec\":{\"traffic\":{\"enableEgress\":true}}}");

        assertThat(response.headers("Warning"))
                .singleElement()
                .asString()
                .contains("config.openservicemesh.io/v1alpha1 MeshConfig is deprecated;"
                        + " use config.openservicemesh.io/v1alpha2 MeshConfig");
        var stored = client.genericKubernetesResources("config.openservicemesh.io/v1alpha2", "MeshConfig")
                .inNamespace(NAMESPACE)
                .withName("older")
                .require();
        assertThat((String) stored.get("spec", "sidecar", "localProxyMode")).isEqualTo("PodIP");
        assertThat(stored.<Object>get("spec", "traffic", "networkInterfaceExclusionList"))
                .isEqualTo(List.of("net1"));
        assertThat((Boolean) stored.get("spec", "traffic", "enableEgress")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"walkthrough", "everything"})
    void acceptsTheObjectsOf(String sample) {
        var objects = client.load(CustomResourcesTest.class.getResourceAsStream(sample + ".yaml"))
                .inNamespace(NAMESPACE)
                .dryRun(true)
                .create();

        assertThat(objects).hasSizeGreaterThan(1);
    }

    @Test
    void anEgressOfAnUnknownProtocolIsRefused() {
        var egress = client.getKubernetesSerialization().unmarshal("""
                        apiVersion: policy.openservicemesh.io/v1alpha1
                        kind: Egress
                        metadata: {name: refused, namespace: kinds}
                        spec:
                          sources: [{kind: ServiceAccount, name: a, namespace: b}]
                          ports: [{number: 80, protocol: carrier-pigeon}]
                        """, GenericKubernetesResource.class);

        assertThatThrownBy(() -> create(egress))
                .hasMessageContaining("spec.ports[0].protocol")
                .hasMessageContaining("must be http, https, tcp or tcp-server-first");
    }

    private GenericKubernetesResource create(GenericKubernetesResource object) {
        return client.resource(object).create();
    }

    private GenericKubernetesResource meshConfig(String name, String spec) {
        return client.getKubernetesSerialization()
                .unmarshal("""
                        apiVersion: config.openservicemesh.io/v1alpha2
                        kind: MeshConfig
                        metadata: {name: %s, namespace: %s}
                        spec: %s
                        """.formatted(name, NAMESPACE, spec), GenericKubernetesResource.class);
    }

    private HttpResponse<String> patch(String path, String body) throws InterruptedException, ExecutionException {
        Config config = client.getConfiguration();
        var request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(config.getMasterUrl() + path)
                .patch("application/merge-patch+json", body)
                .build();
        return client.getHttpClient().sendAsync(request, String.class).get();
    }

    private boolean isEstablished(String name) {
        var kind = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(name)
                .get();
        return kind != null
                && kind.getStatus() != null
                && kind.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    private static String nameOf(Path file) {
        var stem = file.getFileName().toString().replace(".yaml", "");
        var underscore = stem.indexOf('_');
        return stem.substring(underscore + 1) + "." + stem.substring(0, underscore);
    }

    private static List<Path> files() throws IOException {
        try (var files = Files.list(KINDS)) {
            return files.sorted().toList();
        }
    }
}
