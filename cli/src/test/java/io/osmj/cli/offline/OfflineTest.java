package io.osmj.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.osmj.cli.CommandLineRun;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineTest {
    private static final Path FOLDERS = Path.of("src/test/resources/io/osmj/cli/offline");
    private static final String BOOKSTORE = FOLDERS.resolve("bookstore").toString();
    private static final String BROKEN = FOLDERS.resolve("broken").toString();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aTutorialsFolderIsTakenAsItIs() {
        CommandLineRun run = CommandLineRun.of("validate", "-f", BOOKSTORE);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("3 files, 4 pods with a sidecar: 0 errors, 1 warning")
                .contains("1 object is of a kind that the mesh does not read");
    }

    /** Written by hand from the files: each slip with its line. */
    @Test
    void everySlipIsFoundWithItsLine() throws IOException {
        CommandLineRun run = CommandLineRun.of("validate", "-f", BROKEN, "-o", "json");
        List<String> found = new ArrayList<>();
        new ObjectMapper()
                .readTree(run.out())
                .forEach(row -> found.add(row.path("file").asText() + ":" + row.path("line") + " "
                        + row.path("code").asText() + " " + row.path("field").asText()));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(found)
                .containsExactlyInAnyOrder(
                        ":0 M4002 ",
                        "half.yaml:6 M7001 ",
                        "slips.yaml:6 M7003 spec.sources",
                        "slips.yaml:11 M7003 spec.rules[0].kind",
                        "slips.yaml:13 M7004 spec.source",
                        "slips.yaml:17 M7005 apiVersion",
                        "slips.yaml:31 M2008 spec.matches[0].pathRegex",
                        "slips.yaml:38 M7003 spec.ports[0].port");
    }

    @Test
    void anObjectThatTheMeshDoesNotActOnIsAWarning() throws IOException {
        Files.writeString(folder.resolve("limits.yaml"), """
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: Retry
                metadata: {name: web, namespace: shop}
                spec:
                  source: {kind: ServiceAccount, name: web, namespace: shop}
                  destinations: [{kind: Service, name: web, namespace: shop}]
                  retryPolicy: {retryOn: 5xx, perTryTimeout: 1s, numRetries: 1, retryBackoffBaseInterval: 1s}
                ---
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: Telemetry
                metadata: {name: out, namespace: shop}
                spec: {}
                """);
        CommandLineRun run = CommandLineRun.of("validate", "-f", folder.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("limits.yaml:4: warning: M2016 Retry shop/web spec")
                .contains("limits.yaml:10: warning: M2016 Telemetry shop/out kind");
    }

    @Test
    void whatALimitOfAPathDoesNotDoIsNamed() throws IOException {
        Files.writeString(folder.resolve("limits.yaml"), """
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: shop}
                spec: {ports: [{name: http, port: 80}]}
                ---
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: UpstreamTrafficSetting
                metadata: {name: web, namespace: shop}
                spec:
                  host: web
                  httpRoutes:
                  - {path: /.*, rateLimit: {local: {requests: 1, unit: second}}}
                  - path: /buy/now
                    rateLimit: {local: {requests: 1, unit: second}}
                """);
        CommandLineRun hidden = CommandLineRun.of("validate", "-f", folder.toString());

        assertThat(hidden.exitCode()).isZero();
        assertThat(hidden.out())
                .contains("limits.yaml:13: warning: M2030 UpstreamTrafficSetting shop/web spec.httpRoutes[1].path")
                .contains("The limit for path /.* counts for every request in place of this one.");

        Files.writeString(folder.resolve("limits.yaml"), """
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: UpstreamTrafficSetting
                metadata: {name: web, namespace: shop}
                spec:
                  host: web
                  httpRoutes: [{path: "/buy/(", rateLimit: {local: {requests: 1, unit: second}}}]
                """);
        CommandLineRun refused = CommandLineRun.of("validate", "-f", folder.toString());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out())
                .contains("limits.yaml:6: error: M2008 UpstreamTrafficSetting shop/web spec.httpRoutes[0].path")
                .contains("'/buy/(' is not an RE2 expression: missing closing ).");
    }

    @Test
    void whatARetryDoesNotDoIsNamed() throws IOException {
        Files.writeString(folder.resolve("again.yaml"), """
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: Retry
                metadata: {name: again, namespace: shop}
                spec:
                  source: {kind: ServiceAccount, name: web, namespace: shop}
                  destinations:
                  - {kind: Service, name: gone, namespace: shop}
                  retryPolicy: {retryOn: "5xx,gatway-error", perTryTimeout: 1s, numRetries: 1, retryBackoffBaseInterval: 25ms}
                """);
        CommandLineRun off = CommandLineRun.of("validate", "-f", folder.toString());

        assertThat(off.exitCode()).isEqualTo(1);
        assertThat(off.out())
                .contains(
                        "again.yaml:4: warning: M2016 Retry shop/again spec", "enableRetryPolicy of MeshConfig is off")
                .contains(
                        "again.yaml:8: error: M2034 Retry shop/again spec.retryPolicy.retryOn",
                        "'gatway-error' is no word")
                .doesNotContain("M2033");

        Files.writeString(folder.resolve("config.yaml"), """
                apiVersion: config.openservicemesh.io/v1alpha2
                kind: MeshConfig
                metadata: {name: osm-mesh-config, namespace: osm-system}
                spec: {featureFlags: {enableRetryPolicy: true}}
                """);
        assertThat(CommandLineRun.of("validate", "-f", folder.toString()).out())
                .contains("again.yaml:7: error: M2033 Retry shop/again spec.destinations[0]", "no service shop/gone")
                .doesNotContain("M2016");
    }

    @Test
    void whatAnEgressDoesNotDoIsNamed() throws IOException {
        Files.writeString(folder.resolve("out.yaml"), """
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: Egress
                metadata: {name: out, namespace: shop}
                spec:
                  sources: [{kind: ServiceAccount, name: web, namespace: shop}]
                  hosts: [example.com]
                  ports:
                  - {number: 80, protocol: http}
                  - {number: 22, protocol: tcp}
                  matches:
                  - {apiGroup: specs.smi-spec.io/v1alpha4, kind: HTTPRouteGroup, name: gone}
                """);
        CommandLineRun closed = CommandLineRun.of("validate", "-f", folder.toString());

        assertThat(closed.exitCode()).isEqualTo(1);
        assertThat(closed.out())
                .contains("out.yaml:9: warning: M2023 Egress shop/out spec.ports[1].protocol")
                .contains("every address can be reached on it")
                .contains("out.yaml:11: error: M2005 Egress shop/out spec.matches[0].name")
                .doesNotContain("M2021");

        Files.writeString(folder.resolve("config.yaml"), """
                apiVersion: config.openservicemesh.io/v1alpha2
                kind: MeshConfig
                metadata: {name: osm-mesh-config, namespace: osm-system}
                spec: {traffic: {enableEgress: true}}
                """);
        assertThat(CommandLineRun.of("validate", "-f", folder.toString()).out())
                .contains("out.yaml:4: warning: M2021 Egress shop/out spec", "Mesh-wide egress is open");
    }

    @Test
    void anAccountThatNoPodRunsAsIsAWarningWhereThereArePods() throws IOException {
        String slip =
                Files.readString(Path.of(BOOKSTORE, "access.yaml")).replaceFirst("name: bookbuyer", "name: bokbuyer");
        Files.writeString(folder.resolve("access.yaml"), slip);

        assertThat(CommandLineRun.of("validate", "-f", folder.toString()).out())
                .as("policies alone")
                .doesNotContain("M2017");

        for (String file : List.of("bookstore.yaml", "bookbuyer.yaml")) {
            Files.copy(Path.of(BOOKSTORE, "apps", file), folder.resolve(file));
        }
        CommandLineRun run = CommandLineRun.of("validate", "-f", folder.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsOnlyOnce("M2017")
                .contains("access.yaml:17: warning: M2017 TrafficTarget bookstore/bookstore spec.sources")
                .contains("No pod of the mesh runs as service account bookbuyer/bokbuyer");
    }

    @Test
    void sarifPointsAtTheLinesOfTheFiles() throws IOException {
        CommandLineRun run = CommandLineRun.of("validate", "-f", BROKEN, "-o", "sarif");
        JsonNode log = new ObjectMapper().readTree(run.out());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(log.path("version").asText()).isEqualTo("2.1.0");
        JsonNode results = log.path("runs").path(0).path("results");
        assertThat(results).hasSize(8);
        for (JsonNode result : results) {
            for (JsonNode location : result.path("locations")) {
                Path file = Path.of(
                        location.at("/physicalLocation/artifactLocation/uri").asText());
                assertThat(Files.readAllLines(file).size() + 1)
                        .isGreaterThanOrEqualTo(location.at("/physicalLocation/region/startLine")
                                .asInt());
            }
        }
    }

    @Test
    void sarifNamesFilesAsReferencesToUris() throws IOException {
        Path file = folder.resolve("two words/50%#a.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "kind: [");

        String log = CommandLineRun.of("validate", "-f", folder + "/two words/..", "-o", "sarif")
                .out();

        assertThat(new ObjectMapper().readTree(log).findValuesAsText("uri"))
                .singleElement()
                .satisfies(
                        uri -> assertThat(URI.create("file://" + uri).getPath()).isEqualTo(file.toString()));
    }

    @Test
    void oneFileMayBeNamed() {
        CommandLineRun run = CommandLineRun.of("validate", "-f", BROKEN + "/half.yaml");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("broken/half.yaml:6: error: M7001 File half.yaml");
    }

    @Test
    void theStagesArePrinted() throws IOException {
        CommandLineRun run = CommandLineRun.of("translate", "-f", BOOKSTORE);
        JsonNode stages = new YAMLMapper().readTree(run.out());

        assertThat(run.exitCode()).isZero();
        assertThat(stages.fieldNames()).toIterable().containsExactly("state", "model", "plan", "envoy");
        assertThat(stages.path("state").path("services")).hasSize(1);
        assertThat(stages.at("/envoy/bookstore~1bookstore-0/listener").fieldNames())
                .toIterable()
                .contains("inbound-listener", "outbound-listener");
    }

    @Test
    void oneProxyIsPrintedAsJson() throws IOException {
        CommandLineRun run =
                CommandLineRun.of("translate", "-f", BOOKSTORE, "--proxy", "bookbuyer/bookbuyer-0", "-o", "json");
        JsonNode stages = new ObjectMapper().readTree(run.out());

        assertThat(stages.fieldNames()).toIterable().containsExactly("plan", "envoy");
        assertThat(stages.path("plan").fieldNames()).toIterable().containsExactly("bookbuyer/bookbuyer-0");
    }

    @Test
    void aPodWithoutASidecarHasNothingToPrintAndTheReasonIsSaid() {
        CommandLineRun run = CommandLineRun.of("translate", "-f", BOOKSTORE, "--proxy", "bookbuyer/tourist");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("Error: the pod bookbuyer/tourist has no sidecar: The pod declines the sidecar.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "validate",
                "translate",
                "policy why --from shop/a --to shop/b",
                "policy test",
            })
    void aFolderWithoutYamlIsAnErrorAndNotWell(String command) throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "kind: Pod");
        Files.writeString(folder.resolve("policy-test.yaml"), "expect: [{from: a/a, to: b/b, allow: false}]");
        Files.writeString(folder.resolve(".hidden.yaml"), "kind: Pod");
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(List.of("-f", folder.toString()));

        CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("Error: there is no YAML in the folder " + folder)
                .contains(".yaml, .yml or .json", "Name the folder that holds the objects with -f");
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        assertThat(CommandLineRun.of("validate", "-f", "/nowhere").err())
                .startsWith("Error: there is no folder /nowhere");
        assertThat(CommandLineRun.of("validate").err()).contains("Missing required option: '--filename=DIR'");
    }
}
