package io.osmj.controlplane.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.osmj.certificates.ServerNames;
import io.osmj.certificates.builtin.BuiltInAuthority;
import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.certificates.rotation.ServerKeyManager;
import io.osmj.controlplane.admission.AdmissionMetrics.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real HTTPS server on loopback, and clients that misbehave. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdmissionEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ALERT = 21;
    private static final int SERVER_HELLO = 22;
    private static final int PROTOCOL_VERSION = 70;
    private static final String REVIEW = """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "u-1", "dryRun": true,
             "kind": {"group": "", "version": "v1", "kind": "Pod"}, "operation": "CREATE", "namespace": "ns",
             "object": {"metadata": {"name": "%s"}}}}
            """;

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private SSLContext trusting;
    private TlsListener listener;
    private HttpClient client;

    @BeforeAll
    void serve() throws GeneralSecurityException, IOException {
        SecureRandom random = new SecureRandom();
        BuiltInAuthority authority =
                new BuiltInAuthority(RootCertificate.create(Instant.now(), random), InstantSource.system(), random);
        ServerKeyManager key =
                new ServerKeyManager(authority, new ServerNames(List.of("localhost")), InstantSource.system(), random);
        listener = TlsListener.start(
                new InetSocketAddress(0),
                key,
                "/review",
                new AdmissionEndpoint(
                        "test", "/review", AdmissionEndpointTest::decide, (_, answer, _, _) -> answers.add(answer)));
        trusting = trusting(authority);
        client = HttpClient.newBuilder().sslContext(trusting).build();
    }

    @AfterAll
    void stop() {
        client.close();
        listener.close();
    }

    private static Decision decide(Review review) {
        String name = review.object() == null
                ? ""
                : review.object().path("metadata").path("name").asText();
        return switch (name) {
            case "patch" ->
                new Decision.Patched(
                        JsonNodeFactory.instance
                                .arrayNode()
                                .add(JsonNodeFactory.instance.objectNode().put("op", "x")),
                        List.of("look out"));
            case "deny" -> new Decision.Denied("because");
            case "fail" -> throw new IllegalStateException("canary-of-a-pod");
            default -> Decision.Allowed.SILENTLY;
        };
    }

    private static SSLContext trusting(BuiltInAuthority authority) throws GeneralSecurityException, IOException {
        KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
        roots.load(null, null);
        roots.setCertificateEntry("root", authority.trustBundle().roots().getFirst());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + listener.port() + path))
                .timeout(Duration.ofSeconds(30));
    }

    private HttpResponse<String> post(BodyPublisher body) throws IOException, InterruptedException {
        HttpRequest request = request("/review")
                .header("Content-Type", "application/json")
                .POST(body)
                .build();
        return client.send(request, BodyHandlers.ofString(UTF_8));
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return post(BodyPublishers.ofString(body));
    }

    private JsonNode review(String name) throws IOException, InterruptedException {
        HttpResponse<String> response = post(REVIEW.formatted(name));
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode review = JSON.readTree(response.body());
        assertThat(review.path("apiVersion").asText()).isEqualTo("admission.k8s.io/v1");
        assertThat(review.path("kind").asText()).isEqualTo("AdmissionReview");
        assertThat(review.path("response").path("uid").asText()).isEqualTo("u-1");
        return review.path("response");
    }

    @Test
    void aReviewIsAnsweredInItsOwnTerms() throws IOException, InterruptedException {
        answers.clear();
        JsonNode patched = review("patch");
        JsonNode denied = review("deny");
        JsonNode allowed = review("other");

        assertThat(patched.path("allowed").asBoolean()).isTrue();
        assertThat(patched.path("patchType").asText()).isEqualTo("JSONPatch");
        assertThat(new String(Base64.getDecoder().decode(patched.path("patch").asText()), UTF_8))
                .isEqualTo("[{\"op\":\"x\"}]");
        assertThat(patched.path("warnings").path(0).asText()).isEqualTo("look out");
        assertThat(denied.path("allowed").asBoolean(true)).isFalse();
        assertThat(denied.path("status").path("message").asText()).isEqualTo("because");
        assertThat(allowed.path("allowed").asBoolean()).isTrue();
        assertThat(allowed.has("patch")).isFalse();
        assertThat(answers).containsExactly(Answer.PATCHED, Answer.DENIED, Answer.ALLOWED);
    }

    @Test
    void aFaultOfOursIsNeitherAYesNorANoAndTellsNothing() throws IOException, InterruptedException {
        HttpResponse<String> response = post(REVIEW.formatted("fail"));

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("canary").contains("log");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "42",
                "{",
                "{}",
                "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\"}",
                "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": null}",
                "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": {}}",
                "{\"apiVersion\": \"admission.k8s.io/v1beta1\", \"kind\": \"AdmissionReview\", \"request\": {\"uid\": \"u\"}}",
                "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"Review\", \"request\": {\"uid\": \"u\"}}",
                "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": {\"uid\": \"u\", \"object\": 7}}",
                "{\"kind\": \"AdmissionReview\", \"kind\": \"AdmissionReview\"}",
                "{} {}"
            })
    void whatIsNoReviewIsRefused(String body) throws IOException, InterruptedException {
        answers.clear();

        assertThat(post(body).statusCode()).isEqualTo(400);
        assertThat(answers).containsExactly(Answer.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void depthIsLimited(String opening) throws IOException, InterruptedException {
        assertThat(post(opening.repeat(100_000)).statusCode()).isEqualTo(400);
    }

    @Test
    void whatCannotBeReadIsNotQuoted() throws IOException, InterruptedException {
        assertThat(post("{\"canary\": canary-value}").body()).doesNotContain("canary-value");
    }

    @Test
    void onlyJsonByPostOnTheOnePathIsTaken() throws IOException, InterruptedException {
        HttpRequest.BodyPublisher body = BodyPublishers.ofString(REVIEW.formatted("x"));
        assertThat(status(
                        request("/review").header("Content-Type", "text/plain").POST(body)))
                .isEqualTo(415);
        assertThat(status(request("/review").POST(body))).isEqualTo(415);
        assertThat(status(request("/review")
                        .header("Content-Type", "application/jsonx")
                        .POST(body)))
                .isEqualTo(415);
        assertThat(status(request("/review")
                        .header("Content-Type", "Application/JSON; charset=utf-8")
                        .POST(body)))
                .isEqualTo(200);
        assertThat(status(request("/review").GET())).isEqualTo(405);
        assertThat(status(request("/review/more").GET())).isEqualTo(404);
        assertThat(status(request("/").GET())).isEqualTo(404);
    }

    private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    @Test
    void aBodyAboveTheLimitIsRefusedWhetherItSaysItsLengthOrNot() throws IOException, InterruptedException {
        byte[] large = new byte[BodyReader.LARGEST + 1];

        // The server may close before it has read what it refused; the client then sees the closing or the answer.
        assertThat(refused(BodyPublishers.ofByteArray(large))).isTrue();
        assertThat(refused(BodyPublishers.ofInputStream(() -> new Endless(1L << 30))))
                .isTrue();
        assertThat(review("after").path("allowed").asBoolean()).isTrue();
    }

    private boolean refused(BodyPublisher body) throws InterruptedException {
        answers.clear();
        try {
            return post(body).statusCode() == 413;
        } catch (IOException _) {
            return answers.contains(Answer.MALFORMED);
        }
    }

    /** So many zeros. */
    private static final class Endless extends InputStream {
        private long left;

        Endless(long left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            left -= length;
            return left > 0 ? length : -1;
        }
    }

    @Test
    void theLargestBodyIsRead() throws IOException, InterruptedException {
        String padding = "p".repeat(3 * 1024 * 1024);

        HttpResponse<String> response = post(REVIEW.formatted(padding));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void tlsBeforeOneTwoIsNotSpoken() throws IOException {
        assertThat(firstRecordAfterHelloOf(3)).startsWith(SERVER_HELLO);
        assertThat(firstRecordAfterHelloOf(2)).startsWith(ALERT).endsWith(PROTOCOL_VERSION);
    }

    /** What the server says first to a client whose newest version is the given one: 2 is TLS 1.1, 3 is TLS 1.2. */
    private List<Integer> firstRecordAfterHelloOf(int minorVersion) throws IOException {
        // ECDHE-ECDSA with AES-128-GCM and with AES-256-CBC, P-256, ECDSA with SHA-256.
        String hello = "01000043" + "030" + minorVersion + "00".repeat(32) + "00" + "0004c02bc00a" + "0100" + "0016"
                + "000a00040002" + "0017" + "000d00040002" + "0403" + "000b00020100";
        byte[] body = HexFormat.of().parseHex(hello);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(HexFormat.of().parseHex("160301" + "%04x".formatted(body.length)));
            socket.getOutputStream().write(body);
            byte[] answer = socket.getInputStream().readNBytes(7);
            return List.of((int) answer[0], (int) answer[6]);
        }
    }

    @Test
    void manyAtOnceAreAnswered() {
        List<Integer> statuses = IntStream.range(0, 64)
                .mapToObj(_ -> client.sendAsync(
                        request("/review")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(REVIEW.formatted("patch")))
                                .build(),
                        BodyHandlers.ofString()))
                .toList()
                .stream()
                .map(answer -> answer.join().statusCode())
                .toList();

        assertThat(statuses).hasSize(64).containsOnly(200);
    }
}
