package io.osmj.integration.proxyless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** gRPC's own xDS client calls a meshed service without a sidecar. */
@Tag("envoy")
@Tag("netns")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProxylessTest {
    private static final String ECHO = "xds:///echo.shop:8080";
    private static final String ECHO_IN_FULL = "xds:///echo.shop.svc.cluster.local:8080";
    private static final String IMPOSTOR = "xds:///impostor.shop:8080";
    private static final String NOWHERE = "xds:///nowhere.shop:8080";
    private static final String HOME = "10.244.80.10";
    private static final String NEW_HOME = "10.244.80.11";
    private static final String IMPOSTORS = "10.244.80.12";

    @TempDir
    private static Path work = Path.of("");

    private Shop shop;
    private Process controlPlane;

    @BeforeAll
    void begin() throws IOException {
        shop = new Shop(work);
        Files.writeString(shop.folder.resolve("echo.yaml"), callee("echo", HOME));
        // The Envoy of echo answers at this address, with the certificate of echo.
        Files.writeString(shop.folder.resolve("impostor.yaml"), callee("impostor", IMPOSTORS));
        Files.writeString(shop.folder.resolve("buyer.yaml"), """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: buyer, namespace: shop}
                spec:
                  selector: {matchLabels: {app: buyer}}
                  template:
                    metadata:
                      labels: {app: buyer}
                      annotations: {openservicemesh.io/proxyless: enabled}
                    spec:
                      serviceAccountName: buyer
                      containers: [{name: buyer, image: buyer}]
                """);
        mode(true);
        controlPlane = shop.controlPlane();
        shop.echo(List.of(HOME, NEW_HOME, IMPOSTORS));
        shop.buyer(ECHO, ECHO_IN_FULL, IMPOSTOR, NOWHERE);
    }

    @AfterAll
    void end() {
        shop.close();
    }

    private static String callee(String name, String address) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s, namespace: shop}
                spec:
                  selector: {app: %1$s}
                  ports: [{name: grpc, port: 8080, appProtocol: grpc}]
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: shop}
                spec:
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata:
                      labels: {app: %1$s}
                      annotations: {openservicemesh.io/address: %2$s}
                    spec:
                      serviceAccountName: %1$s
                      containers: [{name: %1$s, image: %1$s}]
                """.formatted(name, address);
    }

    private void mode(boolean permissive) throws IOException {
        Files.writeString(shop.folder.resolve("config.yaml"), """
                apiVersion: config.openservicemesh.io/v1alpha2
                kind: MeshConfig
                metadata: {name: osm-mesh-config, namespace: osm-system}
                spec: {traffic: {enablePermissiveTrafficPolicyMode: %s}}
                """.formatted(permissive));
    }

    private void grpcRefusedNothing() {
        assertThat(shop.log("controller"))
                .contains("Serving xDS")
                .doesNotContainPattern("refused (LISTENER|ROUTE|CLUSTER|ENDPOINT|SECRET)");
    }

    private void awaitOutcome(String target, String method, String status, String... words) {
        await(target + " " + method).atMost(Shop.SOON).untilAsserted(() -> {
            String outcome = shop.outcome(target, method);
            assertThat(outcome).startsWith(status + " ");
            for (String word : words) {
                assertThat(outcome).contains(word);
            }
        });
    }

    @Test
    @Order(1)
    void inPermissiveModeEveryNameOfAServiceLeadsToIt() {
        awaitOutcome(ECHO, Echo.SAY, "OK", HOME + ":8080", "echo:hello");
        awaitOutcome(ECHO, Echo.HIDE, "OK", HOME + ":8080", "hidden");
        awaitOutcome(ECHO_IN_FULL, Echo.SAY, "OK", HOME + ":8080", "echo:hello");
        await("the sidecar knows who called")
                .atMost(Shop.SOON)
                .untilAsserted(() ->
                        assertThat(shop.log("envoy")).contains("\"peer\":\"spiffe://cluster.local/ns/shop/sa/buyer\""));
    }

    @Test
    @Order(2)
    void anotherAccountIsNotTakenForTheOneThatIsCalled() {
        awaitOutcome(IMPOSTOR, Echo.SAY, "UNAVAILABLE", "Peer certificate SAN check failed");
    }

    @Test
    @Order(3)
    void whatDoesNotExistIsUnavailable() {
        awaitOutcome(NOWHERE, Echo.SAY, "UNAVAILABLE", "nowhere.shop:8080");
    }

    @Test
    @Order(4)
    void whoHasNoCertificateIsNotHeard() {
        assertThat(shop.network
                        .run("curl", "-sk", "--http2", "--max-time", "10", "https://" + HOME + ":8080/")
                        .exitCode())
                .isNotZero();
    }

    @Test
    @Order(5)
    void endpointsAreFollowed() throws IOException {
        Files.writeString(shop.folder.resolve("echo.yaml"), callee("echo", NEW_HOME));

        awaitOutcome(ECHO, Echo.SAY, "OK", NEW_HOME + ":8080");
        assertThat(shop.failures(ECHO, Echo.SAY)).isEmpty();
    }

    @Test
    @Order(6)
    void aControlPlaneThatIsStartedAnewIsFoundAndCostsNoCall() throws IOException, InterruptedException {
        grpcRefusedNothing();
        controlPlane.destroy();
        controlPlane.waitFor();
        controlPlane = shop.controlPlane();
        Files.writeString(shop.folder.resolve("echo.yaml"), callee("echo", HOME));

        awaitOutcome(ECHO, Echo.SAY, "OK", HOME + ":8080");
        assertThat(shop.failures(ECHO, Echo.SAY)).isEmpty();
    }

    @Test
    @Order(7)
    void inStrictModeNobodyIsCalledWithoutARule() throws IOException {
        mode(false);

        awaitOutcome(ECHO, Echo.SAY, "UNAVAILABLE", "echo.shop:8080");
        awaitOutcome(ECHO_IN_FULL, Echo.SAY, "UNAVAILABLE");
    }

    @Test
    @Order(8)
    void aRuleLetsThroughWhatItSaysAndTheSidecarRefusesTheRest() throws IOException {
        Files.writeString(shop.folder.resolve("access.yaml"), """
                apiVersion: access.smi-spec.io/v1alpha3
                kind: TrafficTarget
                metadata: {name: echo, namespace: shop}
                spec:
                  destination: {kind: ServiceAccount, name: echo, namespace: shop}
                  sources: [{kind: ServiceAccount, name: buyer, namespace: shop}]
                  rules: [{kind: HTTPRouteGroup, name: echo, matches: [say]}]
                ---
                apiVersion: specs.smi-spec.io/v1alpha4
                kind: HTTPRouteGroup
                metadata: {name: echo, namespace: shop}
                spec:
                  matches: [{name: say, pathRegex: /shop.Echo/Say, methods: [POST]}]
                """);

        awaitOutcome(ECHO, Echo.SAY, "OK", HOME + ":8080", "echo:hello");
        awaitOutcome(ECHO, Echo.HIDE, "PERMISSION_DENIED");
        awaitOutcome(IMPOSTOR, Echo.SAY, "UNAVAILABLE", "impostor.shop:8080");
    }

    @Test
    @Order(9)
    void aRuleThatGoesTakesTheServiceAway() throws IOException {
        Files.delete(shop.folder.resolve("access.yaml"));

        awaitOutcome(ECHO, Echo.SAY, "UNAVAILABLE", "echo.shop:8080");
        grpcRefusedNothing();
    }
}
