package io.osmj.integration.folder;

import static io.osmj.integration.folder.ServedFolder.SOON;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.cli.Osm;
import io.osmj.cli.session.Paint;
import io.osmj.core.identity.ServiceAccount;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A real Envoy in front of one pod of a tutorial's folder; a client with a caller's certificate asks it. */
@Tag("envoy")
@Tag("netns")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FolderControllerTest {
    private static final Path BOOKSTORE = Path.of("../cli/src/test/resources/io/osmj/cli/offline/bookstore");
    private static final String POD = "10.244.80.10";
    private static final int PORT = 14001;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

    /** The application knows no path and no method but GET; that it says so shows that it was asked. */
    private static final Set<Integer> APPLICATION = Set.of(404, 501);

    private final Path work;
    private final ServedFolder folder;
    private final PodNetwork network;

    FolderControllerTest(@TempDir Path work) throws IOException {
        this.work = work;
        this.folder = new ServedFolder(work);
        this.network = folder.network();
    }

    @BeforeAll
    void begin() throws IOException {
        for (String file : List.of("access.yaml", "apps/bookstore.yaml", "apps/bookbuyer.yaml")) {
            Path from = BOOKSTORE.resolve(file);
            Files.copy(from, folder.file(from.getFileName().toString()));
        }
        network.pod(POD, PORT);
        network.start(
                work.resolve("application.log"),
                List.of(
                        "python3",
                        "-m",
                        "http.server",
                        "--bind",
                        "127.0.0.1",
                        "--directory",
                        work.toString(),
                        "" + PORT));
        folder.serve("bookstore.bookstore-0");
    }

    @AfterAll
    void end() {
        folder.close();
    }

    @Test
    @Order(1)
    void secretsAreForTheirOwnerAlone() throws IOException {
        try (Stream<Path> all = Files.walk(folder.state())) {
            for (Path file : all.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
            }
        }
        assertThat(Files.readString(folder.state().resolve("ready"))).isEqualTo("xds=15128\nstatus=9091\n");
        assertThat(folder.status("/health/ready")).contains("Health OK");
        assertThat(folder.status("/proxies"))
                .contains("\"pod\":\"bookstore-0\"")
                .contains("\"refuses\":[]");
    }

    @Test
    @Order(2)
    void theSidecarDoesWhatTheCommandSays() throws IOException {
        record Case(String caller, String method, String path, List<String> headers) {}
        List<Case> cases = List.of(
                new Case("bookbuyer", "GET", "/buy-a-book/new", List.of()),
                new Case("bookbuyer", "POST", "/buy-a-book/new", List.of()),
                new Case("bookbuyer", "GET", "/restock", List.of()),
                new Case("bookbuyer", "GET", "/books-bought", List.of("client-app: bookbuyer")),
                new Case("bookbuyer", "GET", "/books-bought", List.of("client-app: other")),
                new Case("bookbuyer", "GET", "/books-bought/../restock", List.of("client-app: bookbuyer")),
                new Case("bookbuyer", "GET", "/restock/..//books%2Dbought?all=1", List.of("client-app: bookbuyer")),
                new Case("bookbuyer", "GET", "/x%2F..%2Fbooks-bought", List.of("client-app: bookbuyer")),
                new Case("bookbuyer", "GET", "/buy-a-book/new/", List.of()),
                new Case("bookthief", "GET", "/buy-a-book/new", List.of()));
        List<String> decisions = new ArrayList<>();
        for (Case each : cases) {
            String decision = decision(each.caller(), each.method(), each.path(), each.headers());
            int answer = answer(each.caller(), each.method(), each.path(), each.headers());
            assertThat(answer)
                    .as(each + " is " + decision)
                    .isIn(decision.equals("ALLOWED") ? APPLICATION : Set.of(403));
            decisions.add(decision);
        }
        assertThat(decisions).contains("ALLOWED", "DENIED").doesNotContain("DEPENDS");
    }

    @Test
    @Order(3)
    void whoHasNoCertificateIsNotHeard() {
        PodNetwork.Run run = network.run("curl", "-sk", "--max-time", "10", "https://" + POD + ":" + PORT + "/");

        assertThat(run.exitCode()).isNotZero();
    }

    @Test
    @Order(4)
    void aHalfWrittenFileIsReportedAndChangesNothing() throws IOException {
        String whole = Files.readString(folder.file("access.yaml"));
        folder.write("access.yaml", whole.substring(0, whole.indexOf("- kind: HTTPRouteGroup") + 9));

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(folder.status("/problems")).contains("M7").contains("access.yaml:"));
        assertThat(answer("bookbuyer", "GET", "/buy-a-book/new", List.of())).isEqualTo(404);

        folder.write("access.yaml", whole);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(folder.status("/problems")).doesNotContain("access.yaml:"));
    }

    @Test
    @Order(5)
    void theLastCopyIsInForceUntilItIsDeleted() throws IOException {
        String thief = Files.readString(folder.file("access.yaml"))
                .replace("name: bookbuyer\n      namespace: bookbuyer", "name: bookthief\n      namespace: bookthief");
        folder.write("later.yaml", thief);

        awaitAnswer(403);
        assertThat(answer("bookthief", "GET", "/buy-a-book/new", List.of())).isEqualTo(404);
        await().untilAsserted(() -> assertThat(folder.status("/problems"))
                .contains("M7007", "access.yaml:4: ", "stands again at later.yaml:1"));

        Files.delete(folder.file("later.yaml"));

        awaitAnswer(404);
        assertThat(answer("bookthief", "GET", "/buy-a-book/new", List.of())).isEqualTo(403);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(folder.status("/problems")).doesNotContain("M7007"));
    }

    @Test
    @Order(6)
    void aDeletedPolicyDeniesAndPermissiveModeAllows() throws IOException {
        Files.delete(folder.file("access.yaml"));
        awaitAnswer(403);
        folder.write("config.yaml", """
                apiVersion: config.openservicemesh.io/v1alpha2
                kind: MeshConfig
                metadata: {name: osm-mesh-config, namespace: osm-system}
                spec: {traffic: {enablePermissiveTrafficPolicyMode: true}}
                """);
        awaitAnswer(404);
    }

    @Test
    @Order(7)
    void aRootThatIsReplacedReachesTheSidecar() throws IOException {
        RootCertificate made = RootCertificate.create(Clock.systemUTC().instant(), new SecureRandom());
        String old = Files.readString(folder.state().resolve("ca/ca.crt"));
        Files.writeString(folder.state().resolve("ca/ca.crt"), old + made.certificatePem());
        Files.writeString(
                folder.state().resolve("ca/private.key"), made.keyPem().text());

        await().atMost(SOON).until(() -> answer(made, "bookbuyer", "GET", "/buy-a-book/new", List.of()) == 404);
    }

    @Test
    @Order(8)
    void aFolderWithoutYamlIsWarnedOf() throws IOException {
        try (Stream<Path> files = Files.list(folder.file(""))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(folder.log())
                        .contains(" holds no YAML, so no proxy is served. Write objects into it")
                        .doesNotContain("Unknown keyword"));
    }

    private void awaitAnswer(int wanted) {
        await().atMost(SOON).until(() -> answer("bookbuyer", "GET", "/buy-a-book/new", List.of()) == wanted);
    }

    private static String decision(String caller, String method, String path, List<String> headers) throws IOException {
        List<String> words = new ArrayList<>(List.of("policy", "why", "-f", BOOKSTORE.toString(), "-o", "json"));
        words.addAll(List.of("--from", caller + "/" + caller, "--to", "bookstore/bookstore:" + PORT));
        words.addAll(List.of("--method", method, "--path", path));
        headers.forEach(header -> words.addAll(List.of("--header", header)));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Osm.run(
                new BufferedReader(new StringReader("")),
                new PrintWriter(out),
                new PrintWriter(err),
                Paint.PLAIN,
                words.toArray(String[]::new));
        assertThat(code).as(err.toString()).isZero();
        return new ObjectMapper().readTree(out.toString()).path("decision").asText();
    }

    private int answer(String caller, String method, String path, List<String> headers) throws IOException {
        return answer(folder.root(), caller, method, path, headers);
    }

    /** What a caller gets whose certificate this root signs; 0 when it gets nothing. */
    private int answer(RootCertificate root, String caller, String method, String path, List<String> headers) {
        ServedFolder.Papers papers = folder.papers(root, new ServiceAccount(caller, caller));
        String request = method + " " + path + " HTTP/1.1\r\nHost: bookstore\r\nContent-Length: 0\r\n"
                + headers.stream().map(header -> header + "\r\n").collect(joining())
                + "Connection: close\r\n\r\n";
        PodNetwork.Run run = network.answering(
                request,
                "timeout",
                "10",
                "openssl",
                "s_client",
                "-quiet",
                "-connect",
                POD + ":" + PORT,
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
