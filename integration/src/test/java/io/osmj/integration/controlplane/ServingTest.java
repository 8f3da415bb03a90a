package io.osmj.integration.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.fabric8.kubernetes.api.model.Pod;
import io.grpc.Status;
import io.osmj.integration.apiserver.ApiServer;
import io.osmj.xds.resource.ResourceType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a proxy is served over its stream, and who is served. */
@Tag("apiserver")
@ExtendWith(ApiServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServingTest {
    private final SharedControlPlane shared;
    private final ControllerProcess controller;
    private TestMesh mesh;
    private AdsClient proxy;

    ServingTest(ApiServer.Running server, @TempDir Path folder) throws IOException {
        shared = new SharedControlPlane(server, folder);
        controller = shared.process();
    }

    @BeforeEach
    void join() {
        mesh = shared.join();
        proxy = new AdsClient();
    }

    @AfterEach
    void leave() {
        proxy.close();
        mesh.leave();
    }

    @AfterAll
    void close() {
        shared.close();
    }

    @Test
    void aProxyIsServedAndFollowsTheMode() {
        mesh.permissive(true);
        Pod store = mesh.pod("bookstore-1", "bookstore", "10.1.0.1");
        mesh.service("bookstore", store, 8080);
        String token = mesh.token(store);

        AdsClient.Stream stream = proxy.connect(controller.xdsPort(), token);

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

        await().untilAsserted(() -> assertThat(controller.get("/metrics")).contains("osm_proxy_connect_count 1.0"));
        assertThat(controller.get("/metrics"))
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
        AdsClient.Stream stream = proxy.connect(controller.xdsPort(), mesh.token(buyer));
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
        AdsClient.Stream stream = proxy.connect(controller.xdsPort(), mesh.token(store));
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
        assertThat(refusal(elsewhere.token(outside))).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    private Status.Code refusal(String token) {
        AdsClient.Stream stream = proxy.connect(controller.xdsPort(), token);
        await().until(() -> stream.end().isPresent());
        assertThat(stream.received()).isZero();
        return stream.end().orElseThrow();
    }

    @Test
    void aProxyThatComesBeforeItsPodIsSeenIsAwaited() {
        Pod store = mesh.pod("bookstore-1", "bookstore", "");
        AdsClient.Stream stream = proxy.connect(controller.xdsPort(), mesh.token(store));
        await().until(() -> controller.get("/proxies").contains("\"served\":false"));

        mesh.address(store, "10.1.0.7");

        await().until(() -> stream.received() > 0);
        assertThat(stream.end()).isEmpty();
    }

    @Test
    void anEgressLetsItsAccountOutUntilItIsGone() {
        mesh.permissive(false);
        Pod store = mesh.pod("bookstore-1", "bookstore", "10.1.0.1");
        mesh.service("bookstore", store, 8080);
        proxy.connect(controller.xdsPort(), mesh.token(store));
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
        proxy.connect(controller.xdsPort(), mesh.token(store));
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
}
