package io.osmj.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static final String BOOKSTORE = "src/test/resources/io/osmj/cli/offline/bookstore";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALLOWED | bookbuyer/bookbuyer | bookstore/bookstore:14001 | --method GET --path /buy-a-book/new"
                        + "| TrafficTarget bookstore/bookstore lets bookbuyer/bookbuyer send requests with method GET, path",
                "ALLOWED | bookbuyer/bookbuyer | bookstore/bookstore:14001"
                        + "| --method GET --path /books-bought --header Client-App:bookbuyer | (access.yaml:1)",
                "DENIED | bookbuyer/bookbuyer | bookstore/bookstore:14001 | --method POST --path /buy-a-book/new"
                        + "| allows other requests: method 'POST' is not GET",
                "DENIED | bookbuyer/bookbuyer | bookstore/bookstore:14001 | --method GET --path /books-bought/../secret"
                        + "| path '/secret' is not /books-bought",
                "DEPENDS | bookbuyer/bookbuyer | bookstore/bookstore:14001 | --method GET | say more of the request",
                "DENIED | bookthief/bookthief | bookstore/bookstore:14001 | --method GET --path /buy-a-book/new"
                        + "| lets bookbuyer/bookbuyer call, and not bookthief/bookthief",
                "DENIED | bookbuyer/tourist | bookstore/bookstore:14001 | --method GET --path /buy-a-book/new"
                        + "| The caller has no sidecar and so no certificate",
                "ALLOWED | bookbuyer/bookbuyer | bookstore/bookstore:3306 | --path /x"
                        + "| carried as TCP, so neither method, path nor headers"
            })
    void saysWhatBecomesOfACall(String decision, String from, String to, String request, String reason) {
        assertThat(why(BOOKSTORE, from, to, request).out())
                .startsWith(decision + ": ")
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALLOWED | bookbuyer/bookbuyer | api.example.com:443 | --path /x"
                        + "| Egress bookbuyer/api lets bookbuyer/bookbuyer speak TLS with api.example.com. (egress.yaml:1)",
                "ALLOWED | bookbuyer/bookbuyer | API.example.com.:80 | --method GET | requests with method GET",
                "DENIED | bookbuyer/bookbuyer | api.example.com:80 | --method POST"
                        + "| The caller's sidecar answers a request with 403 and closes any other connection.",
                "DENIED | bookbuyer/bookbuyer | api.example.com:80 | --method POST | method 'POST' is not GET",
                "DEPENDS | bookbuyer/bookbuyer | api.example.com:80 | --path /x | Some calls leave the mesh",
                "DENIED | bookbuyer/bookbuyer | evil.example.com:443 | --path /x | opens port 443 to other hosts",
                "DENIED | bookbuyer/bookbuyer | api.example.com:22 | --path /x | opens other ports: [80, 443]",
                "DEPENDS | bookbuyer/bookbuyer | 203.0.113.7:443 | --path /x | whatever address is dialled",
                "ALLOWED | bookbuyer/bookbuyer | 203.0.113.7:5432 | --path /x | Egress bookbuyer/ledger opens port 5432",
                "DENIED | bookbuyer/bookbuyer | 203.0.114.7:5432 | --path /x | to other addresses: [203.0.113.0/24]",
                "DEPENDS | bookbuyer/bookbuyer | db.example.com:5432 | --path /x | only a name server knows",
                "DENIED | bookthief/bookthief | 203.0.113.7:5432 | --path /x"
                        + "| lets [bookbuyer/bookbuyer] out there, and not bookthief/bookthief",
                "DENIED | bookthief/bookthief | api.example.com:22 | --path /x"
                        + "| Mesh-wide egress is closed and no Egress lets bookthief/bookthief out.",
                "DENIED | bookbuyer/bookbuyer | old.example.com:9 | --path /x | Egress bookbuyer/broken has a fault",
                "ALLOWED | bookbuyer/tourist | api.example.com:22 | --path /x | The caller has no sidecar",
                "DENIED | bookthief/bookthief | bookstore.bookstore:14001 | --method GET --path /buy-a-book/new"
                        + "| lets bookbuyer/bookbuyer call, and not bookthief/bookthief"
            })
    void saysWhatLeavesTheMesh(String decision, String from, String to, String request, String reason)
            throws IOException {
        copy("access.yaml", "apps/bookstore.yaml", "apps/bookbuyer.yaml");
        egress();

        assertThat(why(folder.toString(), from, to, request).out())
                .startsWith(decision + ": ")
                .contains(reason);
    }

    private void egress() throws IOException {
        String head = """
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: Egress
                metadata: {name: %s, namespace: bookbuyer}
                spec:
                  sources: [{kind: ServiceAccount, name: bookbuyer, namespace: bookbuyer}]
                """;
        Files.writeString(
                folder.resolve("egress.yaml"),
                head.formatted("api") + """
                  hosts: [api.example.com]
                  ports: [{number: 80, protocol: http}, {number: 443, protocol: https}]
                  matches: [{apiGroup: specs.smi-spec.io/v1alpha4, kind: HTTPRouteGroup, name: reading}]
                ---
                apiVersion: specs.smi-spec.io/v1alpha4
                kind: HTTPRouteGroup
                metadata: {name: reading, namespace: bookbuyer}
                spec: {matches: [{name: get, methods: [GET]}]}
                ---
                """ + head.formatted("ledger") + """
                  ipAddresses: [203.0.113.0/24]
                  ports: [{number: 5432, protocol: tcp}]
                ---
                """ + head.formatted("broken") + """
                  hosts: ["*.example.com"]
                  ports: [{number: 9, protocol: https}]
                """);
    }

    @Test
    void whileEgressIsOpenEverythingLeaves() throws IOException {
        copy("access.yaml", "apps/bookstore.yaml", "apps/bookbuyer.yaml");
        Files.writeString(folder.resolve("config.yaml"), """
                apiVersion: config.openservicemesh.io/v1alpha2
                kind: MeshConfig
                metadata: {name: osm-mesh-config, namespace: osm-system}
                spec: {traffic: {enableEgress: true}}
                """);

        assertThat(why(folder.toString(), "bookthief/bookthief", "example.com:443", "")
                        .out())
                .startsWith("ALLOWED: ")
                .contains("Mesh-wide egress is open");
    }

    @Test
    void permissiveModeLetsEveryWorkloadWithASidecarCall() throws IOException {
        copy("access.yaml", "apps/bookstore.yaml", "apps/bookbuyer.yaml");
        permissive();

        assertThat(why(folder.toString(), "bookthief/bookthief", "bookstore/bookstore:14001", "")
                        .out())
                .startsWith("ALLOWED: ")
                .contains("permissive mode");
        assertThat(why(folder.toString(), "bookbuyer/tourist", "bookstore/bookstore:14001", "")
                        .out())
                .startsWith("DENIED: ");
    }

    @Test
    void daprsOwnPortIsNeverOpened() throws IOException {
        permissive();
        Files.writeString(folder.resolve("dapr.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata:
                  {name: nodeapp, namespace: shop, labels: {app: nodeapp}, annotations: {dapr.io/enabled: "true"}}
                spec: {containers: [{name: app, image: app}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: nodeapp-dapr, namespace: shop}
                spec: {clusterIP: None, selector: {app: nodeapp}, ports: [{port: 3500}]}
                """);

        assertThat(why(folder.toString(), "shop/nodeapp", "shop/nodeapp-dapr:3500", "")
                        .out())
                .startsWith("DENIED: ")
                .contains("is daprd's own API, which is private to the pod");
    }

    @Test
    void aSplitIsTold() throws IOException {
        permissive();
        Files.writeString(folder.resolve("shop.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata: {name: orders-v2, namespace: shop, labels: {app: orders-v2}}
                spec: {containers: [{name: app, image: app}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: orders, namespace: shop}
                spec: {selector: {app: orders}, ports: [{port: 80}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: orders-v2, namespace: shop}
                spec: {selector: {app: orders-v2}, ports: [{port: 80}]}
                ---
                apiVersion: split.smi-spec.io/v1alpha2
                kind: TrafficSplit
                metadata: {name: canary, namespace: shop}
                spec:
                  service: orders
                  backends: [{service: orders, weight: 80}, {service: orders-v2, weight: 20}]
                """);

        assertThat(why(folder.toString(), "shop/orders-v2", "shop/orders:80", "")
                        .out())
                .startsWith("ALLOWED: ")
                .contains(
                        "TrafficSplit shop/canary shares its calls out by weight: orders 80 (gets none of this caller's"
                                + " calls), orders-v2 20. (shop.yaml:16)");
    }

    /** Who is called what, and what becomes of it. */
    private record Outside(String from, String to, List<String> answer) {}

    @Test
    void aNamespaceOutsideOfTheMeshIsSaidWithTheRemedy() throws IOException {
        String shop = """
                apiVersion: v1
                kind: Namespace
                metadata: {name: NS, labels: {LABEL}}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: web, namespace: NS, labels: {app: web}}
                spec: {containers: [{name: web, image: web}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: NS}
                spec: {selector: {app: web}, ports: [{port: 80}]}
                """;
        write("in.yaml", shop.replace("NS", "in").replace("LABEL", "openservicemesh.io/monitored-by: osm"));
        write("out.yaml", shop.replace("NS", "out").replace("LABEL", ""));
        write("two.yaml", shop.replace("NS", "two").replace("LABEL", "openservicemesh.io/monitored-by: two"));
        write("kept.yaml", shop.replace("NS", "kept").replace("LABEL", "openservicemesh.io/ignore: 'true'"));
        String add =
                "osm namespace add %s --mesh-name osm; in the folder, the label openservicemesh.io/monitored-by: osm";

        for (Outside call : List.of(
                new Outside(
                        "out/web",
                        "in/web:80",
                        List.of(
                                "DENIED: out/web (outside of the mesh) -> in/web:80 (http, strict mode)",
                                "The caller has no sidecar",
                                "No policy governs the caller. Namespace out does not belong to the mesh. To add it: "
                                        + add.formatted("out"))),
                new Outside(
                        "in/web",
                        "two/web:80",
                        List.of(
                                "DENIED: pod in/web (service account in/default) -> two/web:80 (outside of the mesh)",
                                "Egress is closed",
                                "No policy governs the callee. Namespace two belongs to mesh two. To move it: osm namespace"
                                        + " remove two --mesh-name two, then " + add.formatted("two"))),
                new Outside(
                        "kept/web",
                        "out/web",
                        List.of(
                                "ALLOWED: ",
                                "the mesh has no part in it",
                                "take its label openservicemesh.io/ignore off, then: " + add.formatted("kept"),
                                "No policy governs the callee. Namespace out ")))) {
            assertThat(why(folder.toString(), call.from(), call.to(), "").out()).contains(call.answer());
        }

        write("config.yaml", """
                apiVersion: config.openservicemesh.io/v1alpha2
                kind: MeshConfig
                metadata: {name: osm-mesh-config, namespace: osm-system}
                spec: {traffic: {enableEgress: true}}
                """);
        assertThat(why(folder.toString(), "in/web", "out/web:80", "").out()).startsWith("ALLOWED: ");
        CommandLineRun nobody = why(folder.toString(), "out/wep", "in/web:80", "");
        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(nobody.err()).contains("no pod, workload or service account out/wep in this folder. Namespace out ");
    }

    /** A target may name an account of any namespace; it is no use to one that does not belong. */
    @Test
    void aTargetDoesNotLetInWhoIsOutsideOfTheMesh() throws IOException {
        copy("access.yaml", "apps/bookstore.yaml", "apps/bookbuyer.yaml");
        write("namespaces.yaml", """
                apiVersion: v1
                kind: Namespace
                metadata: {name: bookbuyer}
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: bookstore, labels: {openservicemesh.io/monitored-by: osm}}
                """);

        assertThat(why(folder.toString(), "bookbuyer/bookbuyer", "bookstore/bookstore:14001", "")
                        .out())
                .startsWith("DENIED: ")
                .contains("Namespace bookbuyer does not belong to the mesh");
    }

    @Test
    void aCallFromOutsidePassesByAnIngressBackend() throws IOException {
        Files.writeString(folder.resolve("shop.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata: {name: web, namespace: shop, labels: {app: web}}
                spec: {containers: [{name: app, image: app}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: shop}
                spec:
                  selector: {app: web}
                  ports: [{name: http, port: 80, targetPort: 8080}, {name: http-tls, port: 443, targetPort: 8443}]
                ---
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: IngressBackend
                metadata: {name: web, namespace: shop}
                spec:
                  backends:
                  - {name: web, port: {number: 8080, protocol: http}}
                  - {name: web, port: {number: 8443, protocol: https}, tls: {skipClientCertValidation: false}}
                  sources:
                  - {kind: IPRange, name: 203.0.113.0/24}
                  - {kind: AuthenticatedPrincipal, name: nginx.ingress.cluster.local}
                """);

        assertThat(why(folder.toString(), "203.0.113.9", "shop/web:80", "").out())
                .startsWith("ALLOWED: somebody at 203.0.113.9 -> ")
                .contains("IngressBackend shop/web lets it in: HTTP from 203.0.113.0/24. (shop.yaml:13)");
        assertThat(why(folder.toString(), "203.0.113.9", "shop/web:443", "").out())
                .startsWith("DEPENDS: ")
                .contains("with a certificate of spiffe://cluster.local/ns/ingress/sa/nginx.");
        assertThat(why(folder.toString(), "198.51.100.1", "shop/web:80", "").out())
                .startsWith("DENIED: ")
                .contains(
                        "lets in whoever comes from 203.0.113.0/24, and not 198.51.100.1.",
                        "the backend {name: web, port: {number: 8080, protocol: http}} and the source {kind: IPRange, name:"
                                + " 198.51.100.1/32}");
    }

    @Test
    void aVerdictOnAFolderThatCannotAllBeReadSaysSo() throws IOException {
        copy("access.yaml", "apps/bookstore.yaml", "apps/bookbuyer.yaml");
        Files.writeString(folder.resolve("half.yaml"), "kind: [");

        CommandLineRun run = why(folder.toString(), "bookbuyer/bookbuyer", "bookstore/bookstore:14001", "");

        assertThat(run.err().lines()).singleElement().asString().contains("half.yaml:1: M7001 File half.yaml");
        assertThat(run.out()).startsWith("DEPENDS: ");
    }

    @Test
    void aSlipOfThePenIsNoVerdict() {
        CommandLineRun caller = why(BOOKSTORE, "bookbuyer/bokbuyer", "bookstore/bookstore:14001", "");
        CommandLineRun callee = why(BOOKSTORE, "bookbuyer/bookbuyer", "bookstore/bookstore:14002", "");

        assertThat(caller.exitCode()).isEqualTo(1);
        assertThat(caller.err()).contains("there is no pod, workload or service account bookbuyer/bokbuyer");
        assertThat(callee.exitCode()).isEqualTo(1);
        assertThat(callee.err()).contains("say which port is called; there are bookstore/bookstore:3306, ");
    }

    @Test
    void saysHowManyCallsPass() throws IOException {
        copy("access.yaml", "apps/bookstore.yaml", "apps/bookbuyer.yaml");
        write("limits.yaml", """
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: UpstreamTrafficSetting
                metadata: {name: limits, namespace: bookstore}
                spec:
                  host: bookstore
                  connectionSettings: {tcp: {maxConnections: 4, connectTimeout: 1.5s}, http: {maxPendingRequests: 2}}
                  rateLimit: {local: {tcp: {connections: 9, unit: second}, http: {requests: 5, unit: minute, burst: 1}}}
                  httpRoutes: [{path: /books-bought, rateLimit: {local: {requests: 1, unit: hour}}}]
                """);
        String buying = "--method GET --path /buy-a-book/new";

        assertThat(why(folder.toString(), "bookbuyer/bookbuyer", "bookstore/bookstore:14001", buying)
                        .out())
                .startsWith("ALLOWED")
                .contains(
                        "UpstreamTrafficSetting bookstore/limits allows each caller's sidecar 4 connections, 1500 ms to connect,"
                                + " 2 waiting requests; has each pod's sidecar take 9 new connections a second, 5 requests a"
                                + " minute (and 1 more at once). (limits.yaml:1)");
        assertThat(why(
                                folder.toString(),
                                "bookbuyer/bookbuyer",
                                "bookstore/bookstore:14001",
                                "--method GET --path /x/../books-bought?by=me")
                        .out())
                .contains("take 9 new connections a second, 1 requests to /books-bought a hour. (");
        assertThat(why(folder.toString(), "bookbuyer/bookbuyer", "bookstore/bookstore:14001", "--method GET")
                        .out())
                .startsWith("DEPENDS")
                .contains("1 requests to /books-bought a hour, 5 requests a minute (and 1 more at once). (");
        assertThat(why(folder.toString(), "bookbuyer/bookbuyer", "bookstore/bookstore:3306", "")
                        .out())
                .contains(
                        "4 connections, 1500 ms to connect; has each pod's sidecar take 9 new connections a second. (");
        assertThat(why(folder.toString(), "bookbuyer/tourist", "bookstore/bookstore:14001", buying)
                        .out())
                .startsWith("DENIED")
                .doesNotContain("UpstreamTrafficSetting");
    }

    @Test
    void aWholeTutorialIsTakenAsItIsAndBehavesAsItSays() {
        String tutorial = "src/test/resources/io/osmj/cli/offline/tutorial";
        CommandLineRun validated = CommandLineRun.of("validate", "-f", tutorial);
        CommandLineRun run = CommandLineRun.of("policy", "test", "-f", tutorial);

        assertThat(validated.out())
                .contains("8 files, 6 pods with a sidecar: 0 errors, 1 warning")
                .contains("M4002");
        assertThat(run.err()).isEmpty();
        assertThat(run.lines()).last().isEqualTo("11 of 11 expectations hold");
        assertThat(run.exitCode()).isZero();
        assertThat(why(
                                tutorial,
                                "bookbuyer/bookbuyer",
                                "bookstore/bookstore:14001",
                                "--method GET --path /buy-a-book/new")
                        .out())
                .contains("shares its calls out by weight: bookstore 25, bookstore-v2 75. (split.yaml:1)");
    }

    @Test
    void expectationsThatHoldEndWithZero() {
        CommandLineRun run = CommandLineRun.of("policy", "test", "-f", BOOKSTORE);

        assertThat(run.err()).isEmpty();
        assertThat(run.lines()).last().isEqualTo("3 of 3 expectations hold");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void anExpectationThatDoesNotHoldFailsWithTheReason() throws IOException {
        Path file = Files.writeString(folder.resolve("e.yaml"), """
                expect:
                - {from: bookthief/bookthief, to: "bookstore/bookstore:14001", path: /x, method: GET, allow: true}
                - {from: bookbuyer/bookbuyer, to: "bookstore/bookstore:14001", allow: true}
                - {from: bookbuyer/nobody, to: "bookstore/bookstore:14001", allow: false}
                """);
        CommandLineRun run = CommandLineRun.of("policy", "test", "-f", BOOKSTORE, "--expect", file.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("FAIL  bookthief/bookthief -> bookstore/bookstore:14001")
                .contains("expected allowed, but it is DENIED:")
                .contains("expected allowed, but it is DEPENDS:")
                .contains("expected denied, but it is ERROR:")
                .contains("0 of 3 expectations hold");
    }

    @Test
    void whatHoldsInAFolderWithErrorsProvesNothing() throws IOException {
        copy("access.yaml", "apps/bookstore.yaml", "apps/bookbuyer.yaml");
        Path file = Files.writeString(folder.resolve("policy-test.yaml"), """
                expect:
                - {from: bookbuyer/bookbuyer, to: "bookstore/bookstore:14001", path: /nowhere, method: PUT, allow: false}
                """);
        assertThat(CommandLineRun.of("policy", "test", "-f", folder.toString()).exitCode())
                .as("with the folder whole; expectations in " + file)
                .isZero();
        Files.writeString(folder.resolve("half.yaml"), "kind: [");

        CommandLineRun run = CommandLineRun.of("policy", "test", "-f", folder.toString());

        assertThat(run.lines()).last().isEqualTo("1 of 1 expectation holds");
        assertThat(run.err()).contains("Nothing is proved while the folder has errors (1).");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aFileThatExpectsNothingIsAFault() throws IOException {
        Path empty = Files.writeString(folder.resolve("e.yaml"), "expect: []\n");
        Path slip = Files.writeString(folder.resolve("s.yaml"), "expect: [{from: a/a, to: b/b, alow: true}]\n");

        assertThat(CommandLineRun.of("policy", "test", "-f", BOOKSTORE, "--expect", empty.toString())
                        .err())
                .contains("there is no list 'expect' with something in it");
        assertThat(CommandLineRun.of("policy", "test", "-f", BOOKSTORE, "--expect", slip.toString())
                        .err())
                .contains("unknown word 'alow'");
    }

    private void permissive() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), """
                apiVersion: config.openservicemesh.io/v1alpha2
                kind: MeshConfig
                metadata: {name: osm-mesh-config, namespace: osm-system}
                spec: {traffic: {enablePermissiveTrafficPolicyMode: true}}
                """);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private void copy(String... files) throws IOException {
        for (String file : files) {
            Files.copy(
                    Path.of(BOOKSTORE, file),
                    folder.resolve(Path.of(file).getFileName().toString()));
        }
    }

    private static CommandLineRun why(String folder, String from, String to, String request) {
        List<String> words = new ArrayList<>(List.of("policy", "why", "-f", folder, "--from", from, "--to", to));
        if (request != null && !request.isBlank()) {
            words.addAll(List.of(request.strip().split(" ")));
        }
        return CommandLineRun.of(words.toArray(String[]::new));
    }
}
