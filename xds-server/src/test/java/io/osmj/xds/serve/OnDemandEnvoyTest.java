package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static io.osmj.xds.serve.Samples.cluster;
import static io.osmj.xds.serve.Samples.endpoints;
import static io.osmj.xds.serve.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.osmj.xds.resource.EnvoyResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Envoy that asks for a cluster when a request needs it. */
@Tag("envoy")
final class OnDemandEnvoyTest {
    private static final int DEAD = 1_000;

    @TempDir
    Path directory;

    private final TestServer server = new TestServer();
    private HttpServer application;
    private EnvoyResource listener;
    private int port;

    @BeforeEach
    void start() throws IOException {
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        application.start();
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        listener = Samples.onDemandListener("outbound", port);
    }

    @AfterEach
    void stop() {
        application.stop(0);
        server.close();
    }

    private EnvoyResource[] books() {
        return new EnvoyResource[] {
            cluster("books", 1), endpoints("books", application.getAddress().getPort())
        };
    }

    private String call(String cluster) throws IOException {
        return EnvoyProcess.get(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .header(Samples.TO, cluster));
    }

    private EnvoyProcess running() {
        server.set(set(listener));
        EnvoyProcess envoy = new EnvoyProcess(directory, server);
        envoy.untilLive();
        await().until(() -> envoy.stat("listener_manager.total_listeners_active") == 1);
        return envoy;
    }

    @Test
    void theFirstRequestIsServed() throws IOException {
        server.found.put("books", List.of(books()));
        try (EnvoyProcess envoy = running()) {
            assertThat(call("books")).startsWith("204");
            assertThat(call("books")).startsWith("204");
            assertThat(server.demands).containsExactly(new Demand(1, CLUSTER, new TreeSet<>(Set.of("books"))));
            assertThat(envoy.stat("cluster.books.init_fetch_timeout")).isLessThanOrEqualTo(0);
            assertThat(server.nacks).isEmpty();
        }
    }

    /** It asks for the endpoints of the cluster while they come, and need not be sent them once more. */
    @Test
    void theEndpointsOfAFirstContactAreSentOnce() throws IOException {
        server.found.put("books", List.of(books()));
        server.found.put("more", List.of(cluster("more", 1), endpoints("more", 1)));
        try (EnvoyProcess envoy = running()) {
            assertThat(call("books")).startsWith("204");
            assertThat(call("more")).startsWith("503");
            await().during(Duration.ofMillis(500))
                    .until(() -> envoy.stat("cluster.books.update_success") == 1
                            && envoy.stat("cluster.more.update_success") == 1);
            assertThat(server.counts().resources()).isEqualTo(5);
        }
    }

    @Test
    void whatDoesNotExistFailsAndWorksWhenItDoes() throws IOException {
        try (EnvoyProcess envoy = running()) {
            assertThat(call("books")).startsWith("503");

            server.set(set(listener, books()[0], books()[1]));
            await().until(() -> envoy.stat("cluster_manager.active_clusters") == 1);
            assertThat(call("books")).startsWith("204");
        }
    }

    @Test
    void aSilentNameHoldsUpNobodyAndIsServedWhenItIsAnswered() throws IOException {
        server.found.put("books", List.of(books()));
        try (EnvoyProcess _ = running()) {
            server.answering = false;
            Thread waiting = Thread.startVirtualThread(() -> {
                try {
                    call("silent");
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().until(() -> server.demands.size() == 1);
            server.answering = true;
            assertThat(call("books")).startsWith("204");
            await().atMost(Duration.ofSeconds(5)).until(() -> !waiting.isAlive());
        }
    }

    @Test
    void whatItLearnedItBringsBack() throws IOException {
        server.found.put("books", List.of(books()));
        try (EnvoyProcess envoy = running()) {
            assertThat(call("books")).startsWith("204");
            int sameAddress = server.port();
            server.close();
            assertThat(call("books")).startsWith("204");
            try (TestServer another =
                    new TestServer(server.authority, sameAddress, ConnectionOptions.DEFAULT, StreamLimits.DEFAULT)) {
                another.found.put("books", List.of(books()));
                another.set(set(listener));
                await().atMost(Duration.ofSeconds(20)).until(() -> another.demands.size() == 1);
                await().during(Duration.ofSeconds(2))
                        .until(() -> call("books").startsWith("204")
                                && another.counts().resources() == 0
                                && another.counts().removals() == 0);

                another.found.clear();
                another.set(set(listener));
                await().until(() -> envoy.stat("cluster_manager.active_clusters") == 0);
            }
        }
    }

    /** As a sidecar that has been there for long: it lists whatever it asked for on every new stream. */
    @Test
    void aFirstContactIsServedAtOnceThoughAThousandNamesAreDead() throws IOException {
        try (EnvoyProcess _ = running()) {
            IntStream.range(0, DEAD).parallel().forEach(number -> {
                try {
                    assertThat(call("dead-" + number)).startsWith("503");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            int sameAddress = server.port();
            server.close();
            try (TestServer another =
                    new TestServer(server.authority, sameAddress, ConnectionOptions.DEFAULT, StreamLimits.DEFAULT)) {
                another.found.put("books", List.of(books()));
                another.set(set(listener));
                await().atMost(Duration.ofSeconds(40)).until(() -> another.demands.size() == 1);
                assertThat(another.demands.getFirst().names()).hasSize(DEAD);
                assertThat(call("books")).startsWith("204");
            }
        }
    }
}
