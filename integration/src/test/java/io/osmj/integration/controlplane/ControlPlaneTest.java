package io.osmj.integration.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.fabric8.kubernetes.api.model.Pod;
import io.grpc.Status;
import io.osmj.integration.apiserver.ApiServer;
import io.osmj.xds.resource.ResourceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("apiserver")
@ExtendWith(ApiServer.class)
class ControlPlaneTest {
    private static final String AUDIENCE = "osm-controller";
    private static final Duration ROUND = Duration.ofSeconds(45);
    private static final Map<ResourceType, List<String>> NAMED = Map.of(
            ResourceType.SECRET, List.of("service-cert", "root-cert"),
            ResourceType.ROUTE, List.of("rds-outbound", "rds-inbound.8080"));

    private final Path folder;
    private final Path kubeconfig;
    private final TestMesh mesh;
    private ControllerProcess controller;
    private final AdsClient proxy = new AdsClient();

    ControlPlaneTest(ApiServer.Running server, @TempDir Path folder) throws IOException {
        this.folder = folder;
        this.mesh = TestMesh.create(server);
        this.kubeconfig =
                Files.writeString(folder.resolve("kubeconfig"), server.server().getKubeConfigYaml());
        this.controller = ControllerProcess.start(folder, kubeconfig, "first", mesh);
    }

    @BeforeEach
    void ready() {
        controller.awaitReady();
    }

    @AfterEach
    void close() {
        proxy.close();
        controller.close();
    }

    @Test
    void aProxyIsServedAndFollowsTheMode() {
        mesh.permissive(true);
        Pod store = mesh.pod("bookstore-1", "bookstore", "10.1.0.1");
        mesh.service("bookstore", store, 8080);
        String token = mesh.token(store, AUDIENCE);

        AdsClient.Stream stream = proxy.connect(controller.xdsPort(), token, NAMED);

        await().untilAsserted(() ->
                assertThat(proxy.held(ResourceType.LISTENER)).containsKeys("inbound-listener", "outbound-listener"));
        await().untilAsserted(() -> assertThat(proxy.held(ResourceType.CLUSTER)).containsOnlyKeys("local|8080"));
        await().until(() -> proxy.held(ResourceType.ROUTE).size() == 2
                && proxy.held(ResourceType.SECRET).size() == 2);
        Secret certificate = proxy.message(ResourceType.SECRET, "service-cert", Secret.class);
        String key =
                certificate.getTlsCertificate().getPrivateKey().getInlineBytes().toStringUtf8();
        assertThat(key).contains("BEGIN PRIVATE KEY");

        String permissive = proxy.text(ResourceType.ROUTE, "rds-inbound.8080");
        int before = stream.received();
        mesh.permissive(false);
        await().untilAsserted(() ->
                assertThat(proxy.text(ResourceType.ROUTE, "rds-inbound.8080")).isNotEqualTo(permissive));
        assertThat(stream.received() - before)
                .as("resources sent for the change of mode")
                .isLessThanOrEqualTo(4);
        assertThat(stream.end()).isEmpty();

        assertThat(controller.get("/metrics"))
                .contains("osm_proxy_connect_count 1.0")
                .contains("osm_resource_namespace_count 1.0")
                .contains("osm_k8s_api_event_count{")
                .contains("osm_version_info{");
        assertThat(controller.get("/proxies")).contains("bookstore-1").contains("\"served\":true");
        assertThat(controller.log())
                .doesNotContain(key.lines().skip(1).findFirst().orElseThrow())
                .doesNotContain(token);
    }

    @Test
    void whatIsDialledForTheFirstTimeIsFetchedAndWhatComesLaterIsPushed() {
        mesh.permissive(true);
        Pod store = mesh.pod("bookstore-1", "bookstore", "10.1.0.1");
        Pod buyer = mesh.pod("bookbuyer-1", "bookbuyer", "10.1.0.2");
        mesh.service("bookstore", store, 8080);
        AdsClient.Stream stream = proxy.connect(controller.xdsPort(), mesh.token(buyer, AUDIENCE), NAMED);
        await().untilAsserted(
                        () -> assertThat(proxy.held(ResourceType.LISTENER)).containsKey("outbound-listener"));
        assertThat(proxy.held(ResourceType.CLUSTER)).isEmpty();

        stream.demand("h|10.1.0.1:8080");
        stream.demand("h|10.1.0.9:8080");

        await().untilAsserted(() -> assertThat(proxy.held(ResourceType.CLUSTER)).containsOnlyKeys("h|10.1.0.1:8080"));
        await().untilAsserted(
                        () -> assertThat(proxy.held(ResourceType.ENDPOINT)).containsOnlyKeys("h|10.1.0.1:8080"));
        await().untilAsserted(() -> assertThat(stream.missing()).contains("h|10.1.0.9:8080"));

        mesh.service("late", mesh.pod("late-1", "late", "10.1.0.9"), 8080);
        await().untilAsserted(
                        () -> assertThat(proxy.held(ResourceType.ENDPOINT)).containsKey("h|10.1.0.9:8080"));
    }

    @Test
    void aDeletedPodsStreamEnds() {
        Pod store = mesh.pod("bookstore-1", "bookstore", "10.1.0.1");
        AdsClient.Stream stream = proxy.connect(controller.xdsPort(), mesh.token(store, AUDIENCE), NAMED);
        await().until(() -> stream.received() > 0);

        mesh.delete(store);

        await().until(() -> stream.end().isPresent());
        assertThat(stream.end()).contains(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void strangersGetNothing() {
        Pod store = mesh.pod("bookstore-1", "bookstore", "10.1.0.1");
        mesh.service("bookstore", store, 8080);

        assertThat(refusal("no token at all")).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refusal(mesh.token(store, "somebody-else"))).isEqualTo(Status.Code.UNAUTHENTICATED);
        TestMesh elsewhere = new TestMesh(mesh.client(), mesh.namespace(), mesh.namespace());
        Pod outside = elsewhere.pod("outside-1", "outside", "10.1.0.2");
        assertThat(refusal(elsewhere.token(outside, AUDIENCE))).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void aFaultIsToldOnTheObjectByTheLeader() {
        mesh.apply(mesh.workloads(), """
                apiVersion: access.smi-spec.io/v1alpha3
                kind: TrafficTarget
                metadata: {name: target}
                spec:
                  destination: {kind: ServiceAccount, name: bookstore, namespace: %s}
                  rules: [{kind: HTTPRouteGroup, name: routes, matches: [all]}]
                  sources: [{kind: ServiceAccount, name: bookbuyer, namespace: %s}]
                """.formatted(mesh.workloads(), mesh.workloads()));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(mesh.condition("TrafficTarget", "target")).contains("False M2005"));
        await().untilAsserted(() ->
                assertThat(mesh.events("target")).singleElement().asString().contains("M2005"));
        assertThat(controller.get("/problems")).contains("M2005");

        mesh.apply(mesh.workloads(), """
                apiVersion: specs.smi-spec.io/v1alpha4
                kind: HTTPRouteGroup
                metadata: {name: routes}
                spec: {matches: [{name: all}]}
                """);

        await().untilAsserted(() ->
                assertThat(mesh.condition("TrafficTarget", "target")).contains("True Accepted"));
        await().untilAsserted(() ->
                assertThat(mesh.condition("HTTPRouteGroup", "routes")).contains("True Accepted"));
        assertThat(controller.get("/problems")).doesNotContain("M2005");
    }

    @Test
    void aSplitThatCannotBeIsToldAndOneThatCanIsAccepted() {
        Pod store = mesh.pod("bookstore-1", "bookstore", "10.1.0.1");
        mesh.service("bookstore", store, 8080);
        mesh.apply(mesh.workloads(), split("bookstore-v2"));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(mesh.condition("TrafficSplit", "canary")).contains("False M2014"));

        mesh.service("bookstore-v2", store, 8080);

        await().untilAsserted(() ->
                assertThat(mesh.condition("TrafficSplit", "canary")).contains("True Accepted"));
    }

    @Test
    void anIngressBackendHasTheStatusThatOsmWrote() {
        Pod store = mesh.pod("bookstore-1", "bookstore", "10.1.0.1");
        mesh.service("bookstore", store, 8080);
        mesh.apply(mesh.workloads(), """
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: IngressBackend
                metadata: {name: way-in}
                spec:
                  backends: [{name: bookstore, port: {number: 8080, protocol: http}}]
                  sources: [{kind: Service, name: nginx, namespace: %s}]
                """.formatted(mesh.workloads()));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(mesh.currentStatus("IngressBackend", "way-in"))
                        .isEqualTo("error: endpoints not found for service " + mesh.workloads() + "/nginx"));
        assertThat(mesh.condition("IngressBackend", "way-in")).contains("False M2018");

        mesh.service("nginx", mesh.pod("nginx-1", "nginx", "10.1.0.9"), 8080);

        await().untilAsserted(() -> assertThat(mesh.currentStatus("IngressBackend", "way-in"))
                .isEqualTo("committed: successfully committed by the system"));
        assertThat(mesh.condition("IngressBackend", "way-in")).contains("True Accepted");
    }

    @Test
    void anUpstreamTrafficSettingBindsAndHasTheStatusThatOsmWrote() {
        Pod store = mesh.pod("bookstore-1", "bookstore", "10.1.0.1");
        proxy.connect(controller.xdsPort(), mesh.token(store, AUDIENCE), NAMED);
        mesh.apply(mesh.workloads(), """
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: UpstreamTrafficSetting
                metadata: {name: limits}
                spec:
                  host: bookstore.%s.svc.cluster.local
                  rateLimit: {local: {http: {requests: 1, unit: second}}}
                """.formatted(mesh.workloads()));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(mesh.currentStatus("UpstreamTrafficSetting", "limits"))
                        .startsWith("error: There is no service " + mesh.workloads() + "/bookstore"));
        assertThat(mesh.condition("UpstreamTrafficSetting", "limits")).contains("False M2027");

        mesh.service("bookstore", store, 8080);

        await().untilAsserted(() -> assertThat(mesh.currentStatus("UpstreamTrafficSetting", "limits"))
                .isEqualTo("committed: successfully committed by the system"));
        assertThat(mesh.condition("UpstreamTrafficSetting", "limits")).contains("True Accepted");
        await().untilAsserted(() -> assertThat(proxy.text(ResourceType.ROUTE, "rds-inbound.8080"))
                .contains("envoy.filters.http.local_ratelimit"));

        mesh.apply(mesh.workloads(), """
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: UpstreamTrafficSetting
                metadata: {name: limits}
                spec:
                  host: bookstore.%s.svc.cluster.local
                  httpRoutes: [{path: "/books/(", rateLimit: {local: {requests: 1, unit: second}}}]
                """.formatted(mesh.workloads()));
        await().untilAsserted(() -> assertThat(mesh.currentStatus("UpstreamTrafficSetting", "limits"))
                .isEqualTo("error: '/books/(' is not an RE2 expression: missing closing )."));
        assertThat(mesh.condition("UpstreamTrafficSetting", "limits")).contains("False M2008");
    }

    @Test
    void anEgressLetsItsAccountOutUntilItIsGone() {
        mesh.permissive(false);
        Pod store = mesh.pod("bookstore-1", "bookstore", "10.1.0.1");
        mesh.service("bookstore", store, 8080);
        proxy.connect(controller.xdsPort(), mesh.token(store, AUDIENCE), NAMED);
        await().untilAsserted(
                        () -> assertThat(proxy.held(ResourceType.LISTENER)).containsKey("outbound-listener"));

        mesh.apply(mesh.workloads(), """
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: Egress
                metadata: {name: out}
                spec:
                  sources: [{kind: ServiceAccount, name: bookstore, namespace: %s}]
                  hosts: [api.example.com]
                  ports: [{number: 80, protocol: http}]
                  matches: [{apiGroup: specs.smi-spec.io/v1alpha4, kind: HTTPRouteGroup, name: reading}]
                """.formatted(mesh.workloads()));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(mesh.condition("Egress", "out")).contains("False M2005"));
        assertThat(proxy.held(ResourceType.CLUSTER)).doesNotContainKey("eh|api.example.com:80");

        mesh.apply(mesh.workloads(), """
                apiVersion: specs.smi-spec.io/v1alpha4
                kind: HTTPRouteGroup
                metadata: {name: reading}
                spec: {matches: [{name: get, methods: [GET]}]}
                """);
        await().untilAsserted(() -> assertThat(proxy.held(ResourceType.CLUSTER)).containsKey("eh|api.example.com:80"));
        await().untilAsserted(() -> assertThat(mesh.condition("Egress", "out")).contains("True Accepted"));

        mesh.delete("policy.openservicemesh.io/v1alpha1", "Egress", "out");
        await().untilAsserted(
                        () -> assertThat(proxy.held(ResourceType.CLUSTER)).doesNotContainKey("eh|api.example.com:80"));
    }

    @Test
    void aRetryTakesEffectAsSoonAsItIsSwitchedOn() {
        Pod store = mesh.pod("bookstore-1", "bookstore", "10.1.0.1");
        mesh.retries(false);
        proxy.connect(controller.xdsPort(), mesh.token(store, AUDIENCE), NAMED);
        await().untilAsserted(() -> assertThat(proxy.held(ResourceType.ROUTE)).containsKey("rds-outbound"));

        mesh.apply(mesh.workloads(), """
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: Retry
                metadata: {name: again}
                spec:
                  source: {kind: ServiceAccount, name: bookstore, namespace: %1$s}
                  destinations: [{kind: Service, name: warehouse, namespace: %1$s}]
                  retryPolicy: {retryOn: 5xx, perTryTimeout: 1s, numRetries: 1, retryBackoffBaseInterval: 1s}
                """.formatted(mesh.workloads()));
        await().untilAsserted(() -> assertThat(mesh.condition("Retry", "again")).contains("False M2016"));
        assertThat(controller.get("/problems")).contains("enableRetryPolicy of MeshConfig is off");

        mesh.retries(true);
        await().untilAsserted(() -> assertThat(mesh.condition("Retry", "again")).contains("False M2033"));

        mesh.service("warehouse", store, 8080);
        await().untilAsserted(() -> assertThat(mesh.condition("Retry", "again")).contains("True Accepted"));
        await().untilAsserted(() -> assertThat(proxy.text(ResourceType.ROUTE, "rds-outbound"))
                .contains("Retry " + mesh.workloads() + "/again", "5xx"));

        mesh.delete("policy.openservicemesh.io/v1alpha1", "Retry", "again");
        await().untilAsserted(() ->
                assertThat(proxy.text(ResourceType.ROUTE, "rds-outbound")).doesNotContain("5xx"));
    }

    @Test
    void whatIsNotActedOnIsToldUntilItIsGone() {
        String telemetry = """
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: Telemetry
                metadata: {name: again}
                spec: {}
                """;
        mesh.apply(mesh.workloads(), telemetry);
        mesh.apply("default", telemetry);

        await().atMost(ROUND)
                .untilAsserted(() -> assertThat(controller.get("/problems"))
                        .contains("\"code\":\"M2016\"", "\"name\":\"again\"", "all proxies write the same")
                        .as("of the mesh's namespaces only")
                        .doesNotContain("\"namespace\":\"default\""));
        await().untilAsserted(() ->
                assertThat(mesh.events("again")).singleElement().asString().contains("M2016"));

        mesh.delete("policy.openservicemesh.io/v1alpha1", "Telemetry", "again");

        await().atMost(ROUND).until(() -> !controller.get("/problems").contains("M2016"));
    }

    @Test
    void aTargetForAnAccountThatNoPodRunsAsIsToldAndAccepted() {
        mesh.pod("bookstore-1", "bookstore", "10.1.0.1");
        mesh.apply(mesh.workloads(), """
                apiVersion: access.smi-spec.io/v1alpha3
                kind: TrafficTarget
                metadata: {name: target}
                spec:
                  destination: {kind: ServiceAccount, name: bookstore, namespace: %1$s}
                  rules: [{kind: TCPRoute, name: any}]
                  sources: [{kind: ServiceAccount, name: bokbuyer, namespace: %1$s}]
                """.formatted(mesh.workloads()));
        mesh.apply(mesh.workloads(), """
                apiVersion: specs.smi-spec.io/v1alpha4
                kind: TCPRoute
                metadata: {name: any}
                """);

        await().untilAsserted(() -> assertThat(controller.get("/problems"))
                .contains("\"code\":\"M2017\"", "\"field\":\"spec.sources\"", mesh.workloads() + "/bokbuyer"));
        await().untilAsserted(() ->
                assertThat(mesh.condition("TrafficTarget", "target")).contains("True Accepted"));

        mesh.pod("bookbuyer-1", "bokbuyer", "10.1.0.2");

        await().until(() -> !controller.get("/problems").contains("M2017"));
    }

    private static String split(String backend) {
        return """
                apiVersion: split.smi-spec.io/v1alpha2
                kind: TrafficSplit
                metadata: {name: canary}
                spec: {service: bookstore, backends: [{service: %s, weight: 1}]}
                """.formatted(backend);
    }

    private Status.Code refusal(String token) {
        AdsClient.Stream stream = proxy.connect(controller.xdsPort(), token, NAMED);
        await().until(() -> stream.end().isPresent());
        assertThat(stream.received()).isZero();
        return stream.end().orElseThrow();
    }

    @Test
    void aProxyThatComesBeforeItsPodIsSeenIsAwaited() {
        Pod store = mesh.pod("bookstore-1", "bookstore", "");
        AdsClient.Stream stream = proxy.connect(controller.xdsPort(), mesh.token(store, AUDIENCE), NAMED);
        await().until(() -> controller.get("/proxies").contains("\"served\":false"));

        mesh.address(store, "10.1.0.7");

        await().until(() -> stream.received() > 0);
        assertThat(stream.end()).isEmpty();
    }

    @Test
    void afterARestartAndOnAReplicaNothingIsSentAgain() {
        mesh.permissive(true);
        Pod store = mesh.pod("bookstore-1", "bookstore", "10.1.0.1");
        mesh.service("bookstore", store, 8080);
        String token = mesh.token(store, AUDIENCE);
        AdsClient.Stream first = proxy.connect(controller.xdsPort(), token, NAMED);
        await().untilAsserted(() -> assertThat(proxy.held(ResourceType.ROUTE)).hasSize(2));
        await().untilAsserted(() -> assertThat(proxy.held(ResourceType.SECRET)).hasSize(2));
        assertThat(first.received()).isGreaterThan(4);

        controller.kill();
        controller = ControllerProcess.start(folder, kubeconfig, "second", mesh).awaitReady();
        AdsClient.Stream second = proxy.connect(controller.xdsPort(), token, NAMED);

        await().until(() -> controller.get("/proxies").contains("\"served\":true"));
        String permissive = proxy.text(ResourceType.ROUTE, "rds-inbound.8080");
        mesh.permissive(false);
        await().untilAsserted(() ->
                assertThat(proxy.text(ResourceType.ROUTE, "rds-inbound.8080")).isNotEqualTo(permissive));
        assertThat(second.received(ResourceType.SECRET)).isZero();
        assertThat(second.received())
                .as("nothing but what the change of mode comes to")
                .isLessThanOrEqualTo(4);
    }

    @Test
    void itComputesWithNativeCryptographyAndEndsWhenTold() {
        try (ControllerProcess other =
                ControllerProcess.start(folder, kubeconfig, "other", mesh).awaitReady()) {
            assertThat(other.log()).contains("computed by AWS-LC");
            assertThat(other.terminate(Duration.ofSeconds(10))).isZero();
        }
    }
}
