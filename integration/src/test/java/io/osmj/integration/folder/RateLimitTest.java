package io.osmj.integration.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.osmj.core.identity.ServiceAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real Envoy in front of a pod with three ports, of which one service at a time is limited. */
@Tag("envoy")
@Tag("netns")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RateLimitTest {
    private static final String POD = "10.244.80.20";
    private static final String CONTROLLER = "10.244.90.5";
    private static final int WEB = 8080;
    private static final int ADMIN = 8081;
    private static final int LOG = 3306;

    /** Answers every request on two ports, and greets whoever connects to the third. */
    private static final String APPLICATION = """
            import http.server, socketserver, threading
            class Web(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(200)
                    self.send_header("content-length", "0")
                    self.end_headers()
                def log_message(self, *_):
                    pass
            class Log(socketserver.BaseRequestHandler):
                def handle(self):
                    self.request.sendall(b"hello")
            for port in (8080, 8081):
                server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Web)
                threading.Thread(target=server.serve_forever).start()
            socketserver.ThreadingTCPServer(("127.0.0.1", 3306), Log).serve_forever()
            """;

    /** Calls as a sidecar does, each time on a connection of its own; says what comes back first, or that nothing does. */
    private static final String CALLER = """
            import socket, ssl, sys
            certificate, key, port, *paths = sys.argv[1:]
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            context.set_alpn_protocols(["osm"])
            context.load_cert_chain(certificate, key)
            for path in paths:
                try:
                    plain = socket.create_connection(("%s", int(port)), 10)
                    with context.wrap_socket(plain, server_hostname="web.shop.svc.cluster.local") as secured:
                        if path != "listen":
                            request = "GET %%s HTTP/1.1\\r\\nHost: web\\r\\nConnection: close\\r\\n\\r\\n"
                            secured.sendall((request %% path).encode())
                        heard = secured.makefile().read()
                        lines = heard.split("\\n")
                        said = [line for line in lines if line.startswith("x-limit")]
                        print(" ".join([*(lines[0].split()[1:2] or ["closed" if not heard else heard]), *said]).strip())
                except OSError:
                    print("closed")
            """.formatted(POD);

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
            apiVersion: v1
            kind: Service
            metadata: {name: admin, namespace: shop}
            spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8081}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: log, namespace: shop}
            spec: {selector: {app: web}, ports: [{name: tcp-log, port: 3306, targetPort: 3306}]}
            ---
            apiVersion: access.smi-spec.io/v1alpha3
            kind: TrafficTarget
            metadata: {name: buyer-calls-web, namespace: shop}
            spec:
              destination: {kind: ServiceAccount, name: web, namespace: shop}
              sources: [{kind: ServiceAccount, name: buyer, namespace: shop}]
              rules: [{kind: HTTPRouteGroup, name: calls, matches: [buying, anything]}]
            ---
            apiVersion: specs.smi-spec.io/v1alpha4
            kind: HTTPRouteGroup
            metadata: {name: calls, namespace: shop}
            spec: {matches: [{name: buying, pathRegex: /buy/.*}, {name: anything, pathRegex: "/[a-z]*"}, {name: all}]}
            ---
            apiVersion: access.smi-spec.io/v1alpha3
            kind: TrafficTarget
            metadata: {name: keeper-calls-web, namespace: shop}
            spec:
              destination: {kind: ServiceAccount, name: web, namespace: shop}
              sources: [{kind: ServiceAccount, name: keeper, namespace: shop}]
              rules: [{kind: HTTPRouteGroup, name: calls, matches: [all]}]
            ---
            apiVersion: policy.openservicemesh.io/v1alpha1
            kind: IngressBackend
            metadata: {name: web, namespace: shop}
            spec:
              backends: [{name: web, port: {number: 8080, protocol: http}}]
              sources: [{kind: IPRange, name: %s/32}]
            """.formatted(POD, CONTROLLER);

    /** One purchase an hour, and one other request. */
    private static final String BUYING = """
            rateLimit: {local: {http: {requests: 1, unit: hour, responseStatusCode: 503}}}
            httpRoutes:
            - {path: /buy/.*, rateLimit: {local: {requests: 1, unit: hour, responseHeadersToAdd: [MARK]}}}
            """;

    private final Path work;
    private final ServedFolder folder;
    private final PodNetwork network;
    private int written;

    RateLimitTest(@TempDir Path work) throws IOException {
        this.work = work;
        this.folder = new ServedFolder(work);
        this.network = folder.network();
    }

    @BeforeAll
    void begin() throws IOException {
        folder.write("mesh.yaml", MESH);
        folder.write("limits.yaml", "# nothing\n");
        network.pod(POD, WEB, ADMIN, LOG);
        network.address(CONTROLLER);
        network.start(work.resolve("application.log"), List.of("python3", "-c", APPLICATION));
        folder.serve("shop.web");
        await("listening").atMost(ServedFolder.SOON).until(() -> configuration().contains("inbound_" + LOG));
    }

    @AfterAll
    void end() {
        folder.close();
    }

    @BeforeEach
    void nothingIsLimited() throws IOException {
        folder.write("limits.yaml", "# nothing\n");
        permissive(false);
        await().atMost(ServedFolder.SOON).until(() -> !configuration().contains("local_ratelimit"));
    }

    private void permissive(boolean on) throws IOException {
        folder.write("mode.yaml", """
                apiVersion: config.openservicemesh.io/v1alpha2
                kind: MeshConfig
                metadata: {name: osm-mesh-config, namespace: osm-system}
                spec: {traffic: {enablePermissiveTrafficPolicyMode: %s}}
                """.formatted(on));
        await().atMost(ServedFolder.SOON).until(() -> configuration().contains("permissive mode") == on);
    }

    /** A limit of requests says in a header which one it is, so that it is seen when Envoy has it. */
    private void limit(String host, String limits) throws IOException {
        written++;
        folder.write(
                "limits.yaml",
                """
                apiVersion: policy.openservicemesh.io/v1alpha1
                kind: UpstreamTrafficSetting
                metadata: {name: limits, namespace: shop}
                spec:
                  host: %s
                """.formatted(host)
                        + limits.replace("MARK", "{name: x-limit, value: number-" + written + "}")
                                .indent(2));
        boolean requests = limits.contains("MARK");
        String mark = requests ? "number-" + written : "";
        String filter = "\"name\": \"envoy.filters." + (requests ? "http" : "network") + ".local_ratelimit\"";
        await().atMost(ServedFolder.SOON).until(() -> {
            String now = configuration();
            return now.contains(mark) && now.contains(filter) && !now.contains("warming_state");
        });
    }

    /** The listeners and route tables that Envoy has. Its whole configuration names every filter that it knows. */
    private String configuration() {
        return dump("dynamic_listeners") + dump("dynamic_route_configs");
    }

    private String dump(String resources) {
        return folder.envoy("/config_dump?resource=" + resources);
    }

    private String limited() {
        return "429 x-limit: number-" + written;
    }

    @Test
    void requestsOverTheLimitAreAnsweredAsTheObjectSays() throws IOException {
        limit("web", """
                rateLimit: {local: {http: {requests: 1, burst: 1, unit: hour, responseHeadersToAdd: [MARK]}}}
                """);

        assertThat(call("buyer", WEB, "/", "/buy/1", "/", "/")).containsExactly("200", "200", limited(), limited());
        assertThat(call("buyer", ADMIN, "/", "/", "/")).containsExactly("200", "200", "200");
        assertThat(call("buyer", LOG, "listen", "listen", "listen")).containsExactly("hello", "hello", "hello");
    }

    @Test
    void whatIsRefusedDoesNotCount() throws IOException {
        limit("web", """
                rateLimit: {local: {http: {requests: 1, unit: hour, responseHeadersToAdd: [MARK]}}}
                """);

        assertThat(call("thief", WEB, "/", "/", "/")).containsExactly("403", "403", "403");
        assertThat(call("buyer", WEB, "/", "/")).containsExactly("200", limited());
    }

    @Test
    void aPathHasALimitOfItsOwn() throws IOException {
        limit("web.shop.svc.cluster.local", """
                rateLimit: {local: {http: {requests: 2, unit: hour, responseStatusCode: 503}}}
                httpRoutes:
                - {path: /buy/.*, rateLimit: {local: {requests: 1, unit: hour, responseHeadersToAdd: [MARK]}}}
                - {path: "/s[ae]ll", rateLimit: {local: {requests: 1, unit: hour}}}
                """);

        assertThat(call("buyer", WEB, "/buy/1", "/buy/2", "/look", "/sell", "/sell", "/look", "/look", "/buy/3"))
                .containsExactly("200", limited(), "200", "200", "429", "200", "503", limited());
    }

    @Test
    void aPathIsLimitedInPermissiveModeToo() throws IOException {
        permissive(true);
        limit("web", BUYING);

        assertThat(call("thief", WEB, "/buy/1", "/look", "/buy/2", "/look", "/steal/1"))
                .containsExactly("200", "200", limited(), "503", "503");
        assertThat(call("buyer", WEB, "/buy/3")).containsExactly(limited());
    }

    @Test
    void aPathIsLimitedWhereAMatchHasOnlyAName() throws IOException {
        limit("web", BUYING);

        assertThat(call("keeper", WEB, "/buy/1", "/look/1", "/buy/2", "/look/2"))
                .containsExactly("200", "200", limited(), "503");
    }

    @Test
    void whoMayCallIsWhoMightWithoutALimitOfThePath() throws IOException {
        limit("web", """
                httpRoutes:
                - {path: /keep/.*, rateLimit: {local: {requests: 1, unit: hour, responseHeadersToAdd: [MARK]}}}
                """);

        assertThat(call("thief", WEB, "/keep/1", "/look")).containsExactly("403", "403");
        assertThat(call("buyer", WEB, "/keep/1", "/keep/2", "/look")).containsExactly("403", "403", "200");
        assertThat(call("keeper", WEB, "/keep/1", "/keep/2", "/look")).containsExactly("200", limited(), "200");
    }

    @Test
    void aPathIsWhatTheApplicationSees() throws IOException {
        limit("web", """
                rateLimit: {local: {http: {requests: 1, unit: hour, responseStatusCode: 503}}}
                httpRoutes:
                - {path: /buy/.*, rateLimit: {local: {requests: 4, unit: hour, responseHeadersToAdd: [MARK]}}}
                """);

        assertThat(call("keeper", WEB, "/buy/1?at=/look", "//buy//2", "/look/../buy/3", "/b%75y/4"))
                .containsOnly("200");
        assertThat(call("keeper", WEB, "/buy%2f5", "/look/%2e%2e/buy/6")).containsOnly(limited());
        assertThat(call("keeper", WEB, "/buy/../look", "/look?at=/buy/7")).containsExactly("200", "503");
    }

    @Test
    void ofTwoPathsForARequestTheFirstCounts() throws IOException {
        limit("web", """
                httpRoutes:
                - {path: .*, rateLimit: {local: {requests: 1, unit: hour}}}
                - {path: /buy/now, rateLimit: {local: {requests: 1, unit: hour, responseStatusCode: 503}}}
                - {path: /buy/.*, rateLimit: {local: {requests: 2, unit: hour, responseHeadersToAdd: [MARK]}}}
                - {path: /buy/later, rateLimit: {local: {requests: 9, unit: hour}}}
                """);

        assertThat(call("buyer", WEB, "/buy/now", "/buy/now", "/buy/later", "/buy/1", "/buy/later"))
                .containsExactly("200", "503", "200", "200", limited());
        assertThat(call("buyer", WEB, "/", "/look")).containsExactly("200", "429");
    }

    @Test
    void callersFromOutsideTheMeshCountToo() throws IOException {
        limit("web", """
                rateLimit:
                  local:
                    tcp: {connections: 4, unit: hour}
                    http: {requests: 2, unit: hour, responseHeadersToAdd: [MARK]}
                """);

        assertThat(call("buyer", WEB, "/")).containsExactly("200");
        assertThat(fromOutside()).isEqualTo("200");
        assertThat(fromOutside()).isEqualTo("429");
        assertThat(call("buyer", WEB, "/", "/")).containsExactly(limited(), "closed");
        assertThat(fromOutside()).isEqualTo("000");
    }

    @Test
    void connectionsOverTheLimitAreClosed() throws IOException {
        limit("log.shop", """
                rateLimit: {local: {tcp: {connections: 2, unit: hour}}}
                """);

        assertThat(call("buyer", LOG, "listen", "listen", "listen")).containsExactly("hello", "hello", "closed");
        assertThat(call("buyer", WEB, "/", "/", "/")).containsExactly("200", "200", "200");
    }

    @Test
    void aLimitThatIsRaisedHoldsForTheNextRequest() throws IOException {
        limit("web", """
                rateLimit: {local: {http: {requests: 1, unit: hour, responseHeadersToAdd: [MARK]}}}
                """);
        assertThat(call("buyer", WEB, "/", "/")).containsExactly("200", limited());

        limit("web", """
                rateLimit: {local: {http: {requests: 3, unit: hour, responseHeadersToAdd: [MARK]}}}
                """);
        assertThat(call("buyer", WEB, "/", "/", "/", "/")).containsExactly("200", "200", "200", limited());
    }

    private String fromOutside() {
        return network.run(
                        "curl",
                        "-s",
                        "--max-time",
                        "10",
                        "--interface",
                        CONTROLLER,
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code}",
                        "http://" + POD + ":" + WEB)
                .output();
    }

    /** What calls of paths of a port are answered, one after the other. */
    private List<String> call(String account, int port, String... paths) throws IOException {
        ServedFolder.Papers papers = folder.papers(folder.root(), new ServiceAccount("shop", account));
        String[] command = Stream.concat(
                        Stream.of(
                                "python3",
                                "-c",
                                CALLER,
                                papers.chain().toString(),
                                papers.key().toString(),
                                "" + port),
                        Stream.of(paths))
                .toArray(String[]::new);
        return network.run(command).output().strip().lines().toList();
    }
}
