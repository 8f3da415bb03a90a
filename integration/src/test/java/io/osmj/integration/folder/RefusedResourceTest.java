package io.osmj.integration.folder;

import static io.osmj.integration.folder.ServedFolder.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmj.core.identity.ServiceAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Envoy that takes smaller expressions than the mesh does, as what the mesh lets through Envoy takes otherwise. What it refuses
 * is told on the object behind it, and harms nothing else.
 */
@Tag("envoy")
@Tag("netns")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedResourceTest {
    private static final String POD = "10.244.80.30";
    private static final int WEB = 8080;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

    private static final String STRICTER =
            "layered_runtime: {layers: [{name: test, static_layer: {re2.max_program_size.error_level: 40}}]}";

    /** About 70 instructions. */
    private static final String TOO_LARGE = "/buy/[a-c]{30}/[0-9]{30}";

    private static final String MESH = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop, labels: {app: web}}
            spec: {serviceAccountName: web, containers: [{name: app, image: example/web}]}
            status: {podIP: %s}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
            ---
            apiVersion: access.smi-spec.io/v1alpha3
            kind: TrafficTarget
            metadata: {name: buyer-calls-web, namespace: shop}
            spec:
              destination: {kind: ServiceAccount, name: web, namespace: shop}
              sources: [{kind: ServiceAccount, name: buyer, namespace: shop}]
              rules:
                - {kind: HTTPRouteGroup, name: buying, matches: [all]}
                - {kind: HTTPRouteGroup, name: reading, matches: [all]}
            ---
            apiVersion: specs.smi-spec.io/v1alpha4
            kind: HTTPRouteGroup
            metadata: {name: reading, namespace: shop}
            spec: {matches: [{name: all, pathRegex: /read/.*}]}
            """.formatted(POD);

    private final ServedFolder folder;
    private final Path work;

    RefusedResourceTest(@TempDir Path work) throws IOException {
        this.work = work;
        this.folder = new ServedFolder(work);
    }

    @BeforeAll
    void begin() throws IOException {
        folder.write("mesh.yaml", MESH);
        buying("/buy/.*");
        folder.network().pod(POD, WEB);
        folder.network()
                .start(
                        work.resolve("application.log"),
                        List.of(
                                "python3",
                                "-m",
                                "http.server",
                                "--bind",
                                "127.0.0.1",
                                "-d",
                                work.toString(),
                                "" + WEB));
        folder.serve("shop.web", "--config-yaml", STRICTER);
        awaitAnswer("/buy/1", 404);
    }

    @AfterAll
    void end() {
        folder.close();
    }

    private void buying(String path) throws IOException {
        folder.write("buying.yaml", """
                apiVersion: specs.smi-spec.io/v1alpha4
                kind: HTTPRouteGroup
                metadata: {name: buying, namespace: shop}
                spec: {matches: [{name: all, pathRegex: "%s"}]}
                """.formatted(path));
    }

    @Test
    void isAProblemOfTheRouteGroupUntilThatIsMended() throws IOException {
        buying(TOO_LARGE);

        JsonNode problem = refusal();
        assertThat(problem.path("kind").asText()).isEqualTo("HTTPRouteGroup");
        assertThat(problem.path("namespace").asText()).isEqualTo("shop");
        assertThat(problem.path("name").asText()).isEqualTo("buying");
        assertThat(problem.path("message").asText())
                .contains("buying.yaml:", "pod shop/web refuses ROUTE rds-inbound.8080", "RE2 program size", TOO_LARGE);
        assertThat(problem.path("remedy").asText()).contains(TOO_LARGE);
        assertThat(folder.status("/proxies")).contains("ROUTE rds-inbound.8080 of HTTPRouteGroup shop/buying");
        assertThat(answer("/buy/1")).as("by the last good one").isEqualTo(404);
        assertThat(answer("/sell/1")).isEqualTo(403);

        folder.write("wire.yaml", """
                apiVersion: v1
                kind: Service
                metadata: {name: wire, namespace: shop}
                spec: {selector: {app: web}, ports: [{name: tcp-wire, port: 3306}]}
                """);
        await("the rest goes on")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(folder.envoy("/clusters")).contains("local|3306::"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(folder.envoy("/config_dump?resource=dynamic_listeners"))
                        .contains("inbound_3306"));
        assertThat(refusals()).hasSize(1);

        buying("/sell/.*");

        awaitAnswer("/sell/1", 404);
        assertThat(answer("/buy/1")).isEqualTo(403);
        await().atMost(SOON).untilAsserted(() -> assertThat(refusals()).isEmpty());
        Files.delete(folder.file("wire.yaml"));
        buying("/buy/.*");
        awaitAnswer("/buy/1", 404);
    }

    @Test
    void isAProblemOfTheTrafficSettingUntilThatIsGone() throws IOException {
        folder.write("limits.yaml", """
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: UpstreamTrafficSetting
                metadata: {name: limits, namespace: shop}
                spec:
                  host: web.shop.svc.cluster.local
                  httpRoutes: [{path: "%s", rateLimit: {local: {requests: 1, unit: hour}}}]
                """.formatted(TOO_LARGE));

        JsonNode problem = refusal();
        assertThat(problem.path("kind").asText()).isEqualTo("UpstreamTrafficSetting");
        assertThat(problem.path("name").asText()).isEqualTo("limits");
        assertThat(answer("/buy/1")).isEqualTo(404);

        Files.delete(folder.file("limits.yaml"));

        await().atMost(SOON).untilAsserted(() -> assertThat(refusals()).isEmpty());
        assertThat(answer("/buy/1")).isEqualTo(404);
    }

    private JsonNode refusal() throws IOException {
        await().atMost(SOON).untilAsserted(() -> assertThat(refusals()).hasSize(1));
        return refusals().getFirst();
    }

    private List<JsonNode> refusals() throws IOException {
        return StreamSupport.stream(
                        new ObjectMapper().readTree(folder.status("/problems")).spliterator(), false)
                .filter(problem -> problem.path("code").asText().equals("M5001"))
                .toList();
    }

    private void awaitAnswer(String path, int wanted) {
        await().atMost(SOON).until(() -> answer(path) == wanted);
    }

    /** What the buyer gets, as from its sidecar; the application knows no path. 0 when it gets nothing. */
    private int answer(String path) throws IOException {
        ServedFolder.Papers papers = folder.papers(folder.root(), new ServiceAccount("shop", "buyer"));
        String request = "GET " + path + " HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n";
        PodNetwork.Run run = folder.network()
                .answering(
                        request,
                        "timeout",
                        "10",
                        "openssl",
                        "s_client",
                        "-quiet",
                        "-connect",
                        POD + ":" + WEB,
                        "-alpn",
                        "osm",
                        "-cert",
                        papers.chain().toString(),
                        "-key",
                        papers.key().toString());
        Matcher status = STATUS.matcher(run.output());
        return status.find() ? Integer.parseInt(status.group(1)) : 0;
    }
}
