package io.osmj.integration.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.osmj.integration.apiserver.ApiServer;
import io.osmj.xds.resource.ResourceType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Many pods refuse one and the same resource, each on its own stream. */
@Tag("apiserver")
@ExtendWith(ApiServer.class)
class ManyRefusersTest {
    private static final int PODS = 20;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String BAD = "/books/unheard";
    private static final String INBOUND = "rds-inbound.8080";
    private static final Pattern REFUSAL = Pattern.compile("\"code\":\"M5001\"");

    private final SharedControlPlane shared;
    private final ControllerProcess controller;
    private final List<AdsClient> proxies = new ArrayList<>();
    private final List<AdsClient.Stream> streams = new ArrayList<>();
    private TestMesh mesh;

    ManyRefusersTest(ApiServer.Running server, @TempDir Path folder) throws IOException {
        shared = new SharedControlPlane(server, folder);
        controller = shared.process();
    }

    @BeforeEach
    void connect() {
        mesh = shared.join();
        mesh.apply(mesh.workloads(), """
                apiVersion: access.smi-spec.io/v1alpha3
                kind: TrafficTarget
                metadata: {name: target}
                spec:
                  destination: {kind: ServiceAccount, name: bookstore, namespace: %1$s}
                  rules: [{kind: HTTPRouteGroup, name: routes, matches: [all]}]
                  sources: [{kind: ServiceAccount, name: bookstore, namespace: %1$s}]
                """.formatted(mesh.workloads()));
        mesh.apply(mesh.workloads(), routes("/books/.*"));
        for (int number = 1; number <= PODS; number++) {
            Pod pod = mesh.pod("bookstore-" + number, "bookstore", "10.1.0." + number);
            mesh.service("bookstore-" + number, pod, 8080);
            AdsClient proxy = new AdsClient();
            proxy.refuse(BAD);
            proxies.add(proxy);
            streams.add(proxy.connect(controller.xdsPort(), mesh.token(pod)));
        }
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(proxies).allMatch(proxy -> inbound(proxy).contains("/books/.*")));
    }

    @AfterEach
    void close() {
        proxies.forEach(AdsClient::close);
        shared.close();
    }

    @Test
    void areOneProblemOfTheObjectBehindItAndHaveEverythingElse() {
        mesh.apply(mesh.workloads(), routes(BAD));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(controller.get("/problems"))
                        .contains("\"kind\":\"HTTPRouteGroup\"", "The proxies of " + PODS + " pods", BAD));
        assertThat(REFUSAL.matcher(controller.get("/problems")).results()).hasSize(1);
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(mesh.condition("HTTPRouteGroup", "routes")).contains("False M5001"));
        assertThat(mesh.condition("TrafficTarget", "target")).contains("True Accepted");
        assertThat(proxies).allMatch(proxy -> inbound(proxy).contains("/books/.*"));

        Pod late = mesh.pod("late", "bookstore", "10.1.0.99");
        mesh.service("late", late, 8080);
        streams.forEach(stream -> stream.demand("h|10.1.0.99:8080"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(proxies)
                        .allMatch(proxy -> proxy.held(ResourceType.CLUSTER).containsKey("h|10.1.0.99:8080")));
        assertThat(REFUSAL.matcher(controller.get("/problems")).results()).hasSize(1);
        assertThat(streams).allMatch(stream -> stream.end().isEmpty());

        mesh.apply(mesh.workloads(), routes("/books/[a-z]*"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(controller.get("/problems")).doesNotContain("M5001"));
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(proxies).allMatch(proxy -> inbound(proxy).contains("/books/[a-z]*")));
    }

    private static String inbound(AdsClient proxy) {
        return proxy.text(ResourceType.ROUTE, INBOUND);
    }

    private static String routes(String path) {
        return """
                apiVersion: specs.smi-spec.io/v1alpha4
                kind: HTTPRouteGroup
                metadata: {name: routes}
                spec: {matches: [{name: all, pathRegex: "%s"}]}
                """.formatted(path);
    }
}
