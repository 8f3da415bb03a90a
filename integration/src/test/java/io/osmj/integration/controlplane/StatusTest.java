package io.osmj.integration.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.osmj.integration.apiserver.ApiServer;
import io.osmj.xds.resource.ResourceType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the leader writes on objects, and what the page of problems says of them. */
@Tag("apiserver")
@ExtendWith(ApiServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusTest {
    private static final Duration ROUND = Duration.ofSeconds(45);

    /** Far less than the twenty seconds after which the leader looks anyway, and enough for a machine that is busy. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final SharedControlPlane shared;
    private final ControllerProcess controller;
    private TestMesh mesh;

    StatusTest(ApiServer.Running server, @TempDir Path folder) throws IOException {
        shared = new SharedControlPlane(server, folder);
        controller = shared.process();
    }

    @BeforeEach
    void join() {
        mesh = shared.join();
    }

    @AfterEach
    void leave() {
        mesh.leave();
    }

    @AfterAll
    void close() {
        shared.close();
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

    /** One after the other, so that no round that was due anyway can be what accepts them. */
    @Test
    void anObjectWithoutProblemsIsAcceptedAtOnceAndWrittenOnce() {
        mesh.apply(mesh.workloads(), routeGroup("first"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(mesh.condition("HTTPRouteGroup", "first")).contains("True Accepted"));
        String version = mesh.version("HTTPRouteGroup", "first");

        for (String name : List.of("second", "third")) {
            mesh.apply(mesh.workloads(), routeGroup(name));
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(mesh.condition("HTTPRouteGroup", name)).contains("True Accepted"));
        }

        assertThat(mesh.version("HTTPRouteGroup", "first")).isEqualTo(version);
    }

    private static String routeGroup(String name) {
        return """
                apiVersion: specs.smi-spec.io/v1alpha4
                kind: HTTPRouteGroup
                metadata: {name: %s}
                spec: {matches: [{name: all}]}
                """.formatted(name);
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

    private static String split(String backend) {
        return """
                apiVersion: split.smi-spec.io/v1alpha2
                kind: TrafficSplit
                metadata: {name: canary}
                spec: {service: bookstore, backends: [{service: %s, weight: 1}]}
                """.formatted(backend);
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
        try (AdsClient proxy = new AdsClient()) {
            proxy.connect(controller.xdsPort(), mesh.token(store));
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
        }

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
    void whatAProxyRefusesIsToldOnTheObjectBehindItUntilThatChanges() {
        Pod store = mesh.pod("bookstore-1", "bookstore", "10.1.0.1");
        mesh.service("bookstore", store, 8080);
        mesh.apply(mesh.workloads(), """
                apiVersion: access.smi-spec.io/v1alpha3
                kind: TrafficTarget
                metadata: {name: target}
                spec:
                  destination: {kind: ServiceAccount, name: bookstore, namespace: %1$s}
                  rules: [{kind: HTTPRouteGroup, name: routes, matches: [all]}]
                  sources: [{kind: ServiceAccount, name: bookstore, namespace: %1$s}]
                """.formatted(mesh.workloads()));
        try (AdsClient proxy = new AdsClient()) {
            proxy.refuse("/books/unheard");
            proxy.connect(controller.xdsPort(), mesh.token(store));
            mesh.apply(mesh.workloads(), routes("/books/unheard"));

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(mesh.condition("HTTPRouteGroup", "routes"))
                            .contains("False M5001"));
            assertThat(mesh.condition("TrafficTarget", "target")).contains("True Accepted");
            assertThat(controller.get("/problems"))
                    .contains("\"code\":\"M5001\",\"kind\":\"HTTPRouteGroup\"", mesh.workloads() + "/bookstore-1");

            mesh.apply(mesh.workloads(), routes("/books/.*"));

            await().untilAsserted(() ->
                    assertThat(mesh.condition("HTTPRouteGroup", "routes")).contains("True Accepted"));
            assertThat(controller.get("/problems")).doesNotContain("M5001");
        }
    }

    private static String routes(String path) {
        return """
                apiVersion: specs.smi-spec.io/v1alpha4
                kind: HTTPRouteGroup
                metadata: {name: routes}
                spec: {matches: [{name: all, pathRegex: %s}]}
                """.formatted(path);
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
}
