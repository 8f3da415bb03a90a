package io.osmj.xds.serve;

import static io.osmj.xds.serve.Samples.cluster;
import static io.osmj.xds.serve.Samples.endpoints;
import static io.osmj.xds.serve.Samples.listener;
import static io.osmj.xds.serve.Samples.route;
import static io.osmj.xds.serve.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a real Envoy makes of the server. */
@Tag("envoy")
final class EnvoyTest {
    @TempDir
    Path directory;

    private static final ExecutorService CALLERS = Executors.newVirtualThreadPerTaskExecutor();

    private final TestServer server = new TestServer();
    private final int port = freePort();
    private HttpServer application;

    @BeforeEach
    void startApplication() throws IOException {
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/", exchange -> {
            byte[] body = "books".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        application.start();
    }

    @AfterEach
    void stop() {
        application.stop(0);
        server.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<EnvoyResource> shop() {
        return List.of(
                cluster("books", 1),
                endpoints("books", application.getAddress().getPort()),
                listener("outbound", port, "outbound"),
                route("outbound", "books"));
    }

    private static ResourceSet with(List<EnvoyResource> resources, EnvoyResource... more) {
        List<EnvoyResource> all = new ArrayList<>(resources);
        all.addAll(List.of(more));
        return ResourceSet.of(all);
    }

    private String call() {
        try {
            return EnvoyProcess.get("http://127.0.0.1:" + port + "/");
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void isLiveAtOnceWithNothingToGet() {
        server.set(ResourceSet.empty());
        try (EnvoyProcess envoy = new EnvoyProcess(directory, server)) {
            assertThat(envoy.untilLive()).isLessThan(Duration.ofSeconds(1));
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void servesWhatItWasSent(Protocol protocol) {
        server.set(with(shop()));
        try (EnvoyProcess envoy = new EnvoyProcess(directory, server, protocol)) {
            assertThat(envoy.untilLive()).isLessThan(Duration.ofSeconds(3));

            await().untilAsserted(() -> assertThat(call()).isEqualTo("200 books"));
            assertThat(server.nacks).isEmpty();
            assertThat(server.counts().resources()).isEqualTo(4);
        }
    }

    @Test
    void showsTheCertificateItWasSent() throws IOException, GeneralSecurityException {
        ServerCertificate shown = server.authority.serverCertificate();
        EnvoyResource secret =
                Samples.secret("identity", TestAuthority.pem(shown.chain().getFirst()), TestAuthority.pem(shown));
        server.set(set(
                cluster("books", 1),
                endpoints("books", 1),
                Samples.tlsListener("inbound", port, "inbound", "identity"),
                route("inbound", "books"),
                secret));
        try (EnvoyProcess envoy = new EnvoyProcess(directory, server)) {
            envoy.untilLive();

            try (SSLSocket socket = (SSLSocket)
                    server.authority.clientContext().getSocketFactory().createSocket("127.0.0.1", port)) {
                socket.startHandshake();
                assertThat(socket.getSession().getPeerCertificates()[0])
                        .isEqualTo(shown.chain().getFirst());
            }
        }
    }

    @Test
    void keepsWhatItHasWhenTheServerComesBack() {
        server.set(with(shop()));
        try (EnvoyProcess envoy = new EnvoyProcess(directory, server)) {
            envoy.untilLive();
            await().untilAsserted(() -> assertThat(call()).isEqualTo("200 books"));
            int sameAddress = server.port();
            server.close();
            assertThat(call()).isEqualTo("200 books");

            try (TestServer another =
                    new TestServer(server.authority, sameAddress, ConnectionOptions.DEFAULT, StreamLimits.DEFAULT)) {
                another.set(with(shop()));
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> another.counts().requests() >= 4);

                another.set(with(shop(), cluster("more", 1), endpoints("more", 1)));
                await().until(() -> envoy.stat("cluster_manager.active_clusters") == 2);
                assertThat(another.counts().resources()).isEqualTo(2);
                assertThat(another.counts().removals()).isZero();
                assertThat(call()).isEqualTo("200 books");
            }
        }
    }

    @Test
    void losesWhatWasTakenAwayWhileTheServerWasGone() {
        server.set(with(shop(), cluster("old", 1), endpoints("old", 1)));
        try (EnvoyProcess envoy = new EnvoyProcess(directory, server)) {
            envoy.untilLive();
            await().until(() -> envoy.stat("cluster_manager.active_clusters") == 2);
            int sameAddress = server.port();
            server.close();

            try (TestServer another =
                    new TestServer(server.authority, sameAddress, ConnectionOptions.DEFAULT, StreamLimits.DEFAULT)) {
                another.set(with(shop()));

                await().atMost(Duration.ofSeconds(30)).until(() -> envoy.stat("cluster_manager.active_clusters") == 1);
                assertThat(another.counts().resources()).isZero();
                assertThat(call()).isEqualTo("200 books");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void takesTheGoodAndRefusesTheBad(Protocol protocol) {
        for (EnvoyResource bad :
                List.of(Samples.clusterAgainstTheRules("bad"), Samples.clusterThatCannotBeBuilt("bad"))) {
            server.nacks.clear();
            server.set(with(shop(), bad, cluster("a", 1), cluster("z", 1), endpoints("a", 1), endpoints("z", 1)));
            try (EnvoyProcess envoy = new EnvoyProcess(directory, server, protocol)) {
                envoy.untilLive();
                await().untilAsserted(() -> assertThat(call()).isEqualTo("200 books"));

                assertThat(server.nacks).anySatisfy(nack -> {
                    assertThat(nack.isolated()).isTrue();
                    assertThat(nack.names()).containsExactly("bad");
                    assertThat(nack.text()).isNotBlank();
                });
                await().until(() -> envoy.stat("cluster_manager.active_clusters") == 3);
                long before = server.counts().responses();
                await().during(Duration.ofSeconds(2))
                        .until(() -> server.counts().responses() == before);
            }
        }
    }

    @Test
    void aChangedClusterIsWarmAtOnce() {
        server.set(with(shop()));
        try (EnvoyProcess envoy = new EnvoyProcess(directory, server)) {
            envoy.untilLive();
            await().untilAsserted(() -> assertThat(call()).isEqualTo("200 books"));

            server.set(set(
                    cluster("books", 2),
                    endpoints("books", application.getAddress().getPort()),
                    listener("outbound", port, "outbound"),
                    route("outbound", "books")));

            await().atMost(Duration.ofSeconds(2))
                    .until(() -> envoy.stat("cluster_manager.cluster_modified") == 1
                            && envoy.stat("cluster_manager.warming_clusters") == 0);
            assertThat(envoy.admin("/config_dump?resource=dynamic_active_clusters"))
                    .contains("\"connect_timeout\": \"2s\"");
            assertThat(call()).isEqualTo("200 books");
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void nothingFailsWhileClustersAreRenamed(Protocol protocol) throws Exception {
        server.set(with(shop()));
        try (EnvoyProcess envoy = new EnvoyProcess(directory, server, protocol)) {
            envoy.untilLive();
            await().untilAsserted(() -> assertThat(call()).isEqualTo("200 books"));

            AtomicBoolean renaming = new AtomicBoolean(true);
            Future<Map<String, Integer>> load = CALLERS.submit(() -> {
                Map<String, Integer> answers = new TreeMap<>();
                while (renaming.get()) {
                    answers.merge(call(), 1, Integer::sum);
                }
                return answers;
            });
            for (int round = 0; round < 20; round++) {
                String name = "books-" + round;
                server.set(set(
                        cluster(name, 1),
                        endpoints(name, application.getAddress().getPort()),
                        listener("outbound", port, "outbound"),
                        route("outbound", name)));
                await().until(() -> envoy.stat("cluster_manager.active_clusters") == 1
                        && envoy.admin("/clusters").contains(name + "::"));
            }
            renaming.set(false);

            Map<String, Integer> answers = load.get(10, TimeUnit.SECONDS);
            assertThat(answers).containsOnlyKeys("200 books");
            assertThat(answers.get("200 books")).isGreaterThan(100);
        }
    }

    @Test
    void aBadListenerAndABadRouteHarmNobodyElse() {
        EnvoyResource other = listener("other", freePort(), "other");
        server.set(with(shop(), Samples.listenerThatCannotBeBuilt("bad"), other, route("other", "books")));
        try (EnvoyProcess envoy = new EnvoyProcess(directory, server)) {
            await().untilAsserted(() -> assertThat(call()).isEqualTo("200 books"));
            awaitIsolated("bad");

            server.set(with(
                    shop(), other, Samples.routeThatCannotBeBuilt("other"), cluster("more", 1), endpoints("more", 1)));
            awaitIsolated("other");
            await().until(() -> envoy.stat("cluster_manager.active_clusters") == 2);
            assertThat(server.settled).contains("LISTENER bad");
            assertThat(call()).isEqualTo("200 books");
        }
    }

    private void awaitIsolated(String name) {
        await().untilAsserted(() ->
                assertThat(server.nacks).anyMatch(nack -> nack.names().equals(List.of(name))));
    }

    @Test
    void comesBackWithTheTokenOfTheDay() throws IOException {
        server.set(with(shop()));
        try (EnvoyProcess envoy = new EnvoyProcess(directory, server)) {
            envoy.untilLive();
            server.verdicts.clear();
            server.verdicts.put("token-of-the-next-day", new Authenticator.Accepted(Samples.BOOKSTORE));
            Files.writeString(directory.resolve("token"), "token-of-the-next-day");

            server.each(Samples.BOOKSTORE, watcher -> watcher.notReady("come back later"));

            await().atMost(Duration.ofSeconds(20)).until(() -> server.counts().opened() == 2);
            server.set(with(shop(), cluster("more", 1), endpoints("more", 1)));
            await().until(() -> envoy.stat("cluster_manager.active_clusters") == 2);
        }
    }
}
