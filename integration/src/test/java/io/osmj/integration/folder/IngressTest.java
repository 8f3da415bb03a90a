package io.osmj.integration.folder;

import static io.osmj.integration.folder.ServedFolder.SOON;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.osmj.certificates.Pem;
import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.core.identity.ServiceAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real Envoy in front of a pod, and callers from outside the mesh at addresses of their own. */
@Tag("envoy")
@Tag("netns")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IngressTest {
    private static final String POD = "10.244.80.20";
    private static final int PORT = 8080;
    private static final String CONTROLLER = "10.244.90.5";
    private static final String SUCCESSOR = "10.244.90.6";
    private static final String STRANGER = "10.244.90.7";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

    /** The application knows HTTP/1 alone. That the sidecar says so of a request by HTTP/2 shows that it let it pass. */
    private static final int NOT_SPOKEN = 502;

    /** Nothing was answered. */
    private static final String CLOSED = "000";

    /** Says by which scheme it was called, as far as it is told. */
    private static final String APPLICATION = """
            import http.server
            class Web(http.server.BaseHTTPRequestHandler):
                protocol_version = "HTTP/1.1"
                def do_GET(self):
                    said = ("proto=" + self.headers.get("x-forwarded-proto", "")).encode()
                    self.send_response(200)
                    self.send_header("content-length", str(len(said)))
                    self.end_headers()
                    self.wfile.write(said)
                def log_message(self, *_):
                    pass
            http.server.ThreadingHTTPServer(("127.0.0.1", %d), Web).serve_forever()
            """.formatted(PORT);

    /** Sends requests on one connection for as long as it stands, and says what is answered. */
    private static final String STEADY = """
            import http.client, time
            one = http.client.HTTPConnection("%s", %d, timeout=10, source_address=("%s", 0))
            one.connect()
            one.auto_open = 0
            while True:
                one.request("GET", "/")
                answer = one.getresponse()
                answer.read()
                print(answer.status, flush=True)
                time.sleep(0.1)
            """.formatted(POD, PORT, CONTROLLER);

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
            spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: %d}]}
            ---
            apiVersion: access.smi-spec.io/v1alpha3
            kind: TrafficTarget
            metadata: {name: buyer-calls-web, namespace: shop}
            spec:
              destination: {kind: ServiceAccount, name: web, namespace: shop}
              sources: [{kind: ServiceAccount, name: buyer, namespace: shop}]
              rules: [{kind: HTTPRouteGroup, name: all, matches: [all]}]
            ---
            apiVersion: specs.smi-spec.io/v1alpha4
            kind: HTTPRouteGroup
            metadata: {name: all, namespace: shop}
            spec: {matches: [{name: all}]}
            """.formatted(POD, PORT);

    private final Path work;
    private final ServedFolder folder;
    private final PodNetwork network;

    IngressTest(@TempDir Path work) throws IOException {
        this.work = work;
        this.folder = new ServedFolder(work);
        this.network = folder.network();
    }

    @BeforeAll
    void begin() throws IOException {
        folder.write("mesh.yaml", MESH);
        permissive(false);
        network.pod(POD, PORT);
        List.of(CONTROLLER, SUCCESSOR, STRANGER).forEach(network::address);
        network.start(work.resolve("application.log"), List.of("python3", "-c", APPLICATION));
        folder.serve("shop.web");
    }

    @AfterAll
    void end() {
        folder.close();
    }

    @BeforeEach
    void nobodyIsLetIn() throws IOException {
        permissive(false);
        controllerAt(CONTROLLER);
        folder.write("ingress.yaml", "# nothing\n");
        awaitPlain(CONTROLLER, CLOSED);
        await().atMost(SOON).until(() -> withAlpn("osm", CONTROLLER, "thief") == 403);
    }

    @Test
    void whoComesFromTheServiceNamedIsHeardAndNobodyElse() throws IOException {
        letIn("{number: 8080, protocol: http}", "");

        awaitPlain(CONTROLLER, "200");
        assertThat(plain(STRANGER)).isEqualTo(CLOSED);
        assertThat(plain(POD)).isEqualTo(CLOSED);
        assertThat(curl(CONTROLLER, "https://web.example.com:" + PORT)).isEqualTo(CLOSED);
    }

    @Test
    void theApplicationLearnsByWhichSchemeTheControllerWasCalled() throws IOException {
        letIn("{number: 8080, protocol: http}", "");
        awaitPlain(CONTROLLER, "200");

        assertThat(network.run(
                                "curl",
                                "-s",
                                "--interface",
                                CONTROLLER,
                                "-H",
                                "x-forwarded-proto: https",
                                "-H",
                                "x-forwarded-for: 203.0.113.9",
                                "http://" + POD + ":" + PORT)
                        .output())
                .isEqualTo("proto=https");
    }

    @Test
    void rulesForTheMeshHoldAtTheAddressOfASource() throws IOException {
        letIn("{number: 8080, protocol: http}", "");
        letInToo("{number: 8080, protocol: https}", "tls: {skipClientCertValidation: true}");
        awaitPlain(CONTROLLER, "200");
        await().atMost(SOON)
                .until(() -> curl(CONTROLLER, "https://web.example.com:" + PORT).equals("200"));

        for (String address : List.of(CONTROLLER, STRANGER)) {
            for (String protocol : List.of("osm", "h2")) {
                assertThat(answer(protocol, address, "buyer"))
                        .as(protocol + address)
                        .isEqualTo(200);
            }
            assertThat(withAlpn("osm", address, "thief")).as(address).isEqualTo(403);
        }
        assertThat(answer("h2", STRANGER, "thief")).isEqualTo(403);
    }

    @Test
    void whenTheControllersPodIsReplacedTheChainFollows() throws IOException {
        letIn("{number: 8080, protocol: http}", "");
        awaitPlain(CONTROLLER, "200");
        assertThat(plain(SUCCESSOR)).isEqualTo(CLOSED);

        controllerAt(SUCCESSOR);

        awaitPlain(SUCCESSOR, "200");
        assertThat(plain(CONTROLLER)).isEqualTo(CLOSED);

        controllerAt("");

        awaitPlain(SUCCESSOR, CLOSED);
        // What is wrong is told after what proxies are told.
        await().untilAsserted(() -> assertThat(folder.status("/problems"))
                .contains("M2018", "endpoints not found for service ingress/nginx"));
    }

    @Test
    void withoutTheIngressBackendNothingPassesOnAnOpenConnectionNeither() throws IOException {
        letIn("{number: 8080, protocol: http}", "");
        awaitPlain(CONTROLLER, "200");
        Path log = work.resolve("steady.log");
        Process steady = network.start(log, List.of("python3", "-c", STEADY));
        await().atMost(SOON).until(() -> Files.readString(log).contains("200"));

        Files.delete(folder.file("ingress.yaml"));

        awaitPlain(CONTROLLER, CLOSED);
        await().atMost(SOON).until(() -> Files.readString(log).contains("403"));
        assertThat(Files.readString(log)).doesNotContainPattern("403\n200");
        steady.destroy();
    }

    @Test
    void byTlsTheClientNamedIsHeardAndNoOther() throws IOException {
        for (boolean permissive : List.of(false, true)) {
            permissive(permissive);
            letIn(
                    "{number: 8080, protocol: https}",
                    "tls: {skipClientCertValidation: false, sniHosts: [web.example.com, '*.shop.example']}");
            String host = "https://web.example.com:" + PORT;
            await().atMost(SOON)
                    .until(() -> curl(CONTROLLER, host, certificate("nginx")).equals("200"));
            int inMesh = permissive ? 200 : 403;
            await().atMost(SOON).until(() -> withAlpn("osm", STRANGER, "thief") == inMesh);

            assertThat(curl(CONTROLLER, "https://a.Shop.example:" + PORT, certificate("nginx")))
                    .isEqualTo("200");
            assertThat(curl(CONTROLLER, "https://shop.example:" + PORT, certificate("nginx")))
                    .isEqualTo("403");
            assertThat(curl(CONTROLLER, host, certificate("thief"))).isEqualTo("403");
            assertThat(curl(CONTROLLER, host, certificate(foreign(), "nginx"))).isEqualTo(CLOSED);
            assertThat(curl(CONTROLLER, host)).isEqualTo(CLOSED);
            assertThat(curl(STRANGER, host, certificate("nginx"))).isEqualTo(CLOSED);
            assertThat(plain(CONTROLLER)).isEqualTo(CLOSED);
            assertThat(answer("h2", CONTROLLER, "nginx")).isEqualTo(200);
            assertThat(answer("h2", CONTROLLER, "buyer")).isEqualTo(200);
            assertThat(answer("h2", CONTROLLER, "thief")).isEqualTo(inMesh);
        }
    }

    @Test
    void aCertificateThatIsNotAskedForIsStillLookedAt() throws IOException {
        letIn("{number: 8080, protocol: https}", "tls: {skipClientCertValidation: true}");
        String host = "https://web.example.com:" + PORT;

        await().atMost(SOON).until(() -> curl(CONTROLLER, host).equals("200"));
        assertThat(curl(CONTROLLER, host, List.of("--http2"))).isEqualTo("200");
        assertThat(curl(CONTROLLER, host, certificate("thief"))).isEqualTo("200");
        assertThat(curl(CONTROLLER, host, certificate(foreign(), "buyer"))).isEqualTo(CLOSED);
        assertThat(curl(STRANGER, host)).isEqualTo(CLOSED);
        assertThat(curl(STRANGER, host, List.of("--http2"))).isEqualTo(CLOSED);
    }

    @Test
    void aClientThatChecksHostNamesCanTellWhomItCalls() throws IOException {
        letIn("{number: 8080, protocol: https}", "tls: {skipClientCertValidation: true}");
        await().atMost(SOON)
                .until(() -> curl(CONTROLLER, "https://web.shop.cluster.local:" + PORT)
                        .equals("200"));

        Path roots = Files.writeString(
                work.resolve("roots.pem"), Pem.write(folder.root().trusted()));
        assertThat(verified("web.shop.cluster.local", roots)).isEqualTo("200");
        assertThat(verified("pay.shop.cluster.local", roots)).isEqualTo(CLOSED);
    }

    /** The status where the name of who is called is verified as nginx does with {@code proxy_ssl_verify}. */
    private String verified(String name, Path roots) {
        List<String> command = List.of("curl", "-s", "--max-time", "10", "--interface", CONTROLLER, "--no-alpn");
        List<String> what = List.of("--cacert", roots.toString(), "-o", "/dev/null", "-w", "%{http_code}");
        List<String> where = List.of("--connect-to", "::" + POD + ":" + PORT, "https://" + name + ":" + PORT);
        return network.run(Stream.of(command, what, where).flatMap(List::stream).toArray(String[]::new))
                .output();
    }

    private void permissive(boolean mode) throws IOException {
        folder.write("config.yaml", """
                apiVersion: config.openservicemesh.io/v1alpha2
                kind: MeshConfig
                metadata: {name: osm-mesh-config, namespace: osm-system}
                spec: {traffic: {enablePermissiveTrafficPolicyMode: %s}}
                """.formatted(mode));
    }

    private void controllerAt(String address) throws IOException {
        folder.write("controller.yaml", """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: nginx-1, namespace: ingress, labels: {kubernetes.io/service-name: nginx}}
                addressType: IPv4
                ports: [{name: http, port: 80, protocol: TCP}]
                endpoints: [%s]
                """.formatted(address.isEmpty() ? "" : "{addresses: [" + address + "]}"));
    }

    private void letIn(String port, String tls) throws IOException {
        folder.write("ingress.yaml", ingress("web", port, tls));
    }

    private void letInToo(String port, String tls) throws IOException {
        folder.write(
                "ingress.yaml",
                Files.readString(folder.file("ingress.yaml")) + "---\n" + ingress("web-too", port, tls));
    }

    private static String ingress(String name, String port, String tls) {
        return """
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: IngressBackend
                metadata: {name: %s, namespace: shop}
                spec:
                  backends:
                  - name: web
                    port: %s
                    %s
                  sources:
                  - {kind: Service, name: nginx, namespace: ingress}
                  - {kind: AuthenticatedPrincipal, name: nginx.shop.cluster.local}
                """.formatted(name, port, tls);
    }

    private void awaitPlain(String from, String wanted) {
        await().atMost(SOON).until(() -> plain(from).equals(wanted));
    }

    private String plain(String from) {
        return curl(from, "http://" + POD + ":" + PORT);
    }

    private String curl(String from, String url) {
        return curl(from, url, List.of("--no-alpn"));
    }

    /** The status that somebody at an address is answered. */
    private String curl(String from, String url, List<String> options) {
        List<String> command = new ArrayList<>(List.of("curl", "-sk", "--max-time", "10", "--interface", from));
        command.addAll(List.of("-o", "/dev/null", "-w", "%{http_code}"));
        command.addAll(List.of("--connect-to", "::" + POD + ":" + PORT));
        command.addAll(options);
        command.add(url);
        return network.run(command.toArray(String[]::new)).output();
    }

    private List<String> certificate(String account) throws IOException {
        return certificate(folder.root(), account);
    }

    private List<String> certificate(RootCertificate root, String account) {
        return Stream.concat(Stream.of("--no-alpn"), files(root, account).stream())
                .toList();
    }

    private List<String> files(RootCertificate root, String account) {
        ServedFolder.Papers papers = folder.papers(root, new ServiceAccount("shop", account));
        return List.of(
                "--cert", papers.chain().toString(), "--key", papers.key().toString());
    }

    private static RootCertificate foreign() {
        return RootCertificate.create(Clock.systemUTC().instant(), new SecureRandom());
    }

    /** What a member of the mesh is answered that offers a protocol as sidecars do, or as clients do that have none. */
    private int answer(String protocol, String from, String account) throws IOException {
        if (protocol.equals("osm")) {
            return withAlpn(protocol, from, account);
        }
        List<String> options = Stream.concat(Stream.of("--http2"), files(folder.root(), account).stream())
                .toList();
        int status = Integer.parseInt(curl(from, "https://web.example.com:" + PORT, options));
        return status == NOT_SPOKEN ? 200 : status;
    }

    private int withAlpn(String protocol, String from, String account) throws IOException {
        List<String> command = new ArrayList<>(List.of("timeout", "10", "openssl", "s_client", "-quiet"));
        command.addAll(List.of("-connect", POD + ":" + PORT, "-bind", from + ":0", "-alpn", protocol));
        command.addAll(files(folder.root(), account).stream()
                .map(word -> word.replace("--", "-"))
                .toList());
        String request = Stream.of("GET / HTTP/1.1", "Host: web", "Connection: close", "", "")
                .collect(joining("\r\n"));
        Matcher status = STATUS.matcher(
                network.answering(request, command.toArray(String[]::new)).output());
        return status.find() ? Integer.parseInt(status.group(1)) : 0;
    }
}
