package io.osmj.injector.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.osmj.injector.probe.ProbeKind;
import io.osmj.injector.probe.ProbeTarget;
import io.osmj.injector.probe.SidecarProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("envoy")
class ProbesOfRealEnvoyTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String LIVE = "/osm-liveness-probe/web";
    private static final String READY = "/osm-readiness-probe/web";

    private static SidecarProbe live(ProbeTarget target) {
        return new SidecarProbe(ProbeKind.LIVENESS, "web", target);
    }

    private static SidecarProbe ready(ProbeTarget target) {
        return new SidecarProbe(ProbeKind.READINESS, "web", target);
    }

    @Test
    void aTcpProbeFollowsThePort() throws Exception {
        int port = RunningEnvoy.freePort();
        try (RunningEnvoy envoy = RunningEnvoy.with(live(new ProbeTarget.Tcp(port, SECOND)))) {
            assertThat(envoy.get(15901, LIVE).statusCode()).isEqualTo(503);
            try (ServerSocket application = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
                assertThat(application.isBound()).isTrue();
                within(4000, envoy, LIVE, 200);
            }
            within(4000, envoy, LIVE, 503);
            assertThat(envoy.get(15901, LIVE + "?a=b").statusCode()).isEqualTo(404);
            assertThat(envoy.send(15901, LIVE, "POST").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aGrpcProbeFollowsTheServiceItNames() throws Exception {
        HealthStatusManager health = new HealthStatusManager();
        Server application = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(health.getHealthService())
                .build()
                .start();
        ProbeTarget queue = new ProbeTarget.Grpc(application.getPort(), SECOND, "queue");
        try (RunningEnvoy envoy = RunningEnvoy.with(live(queue))) {
            health.setStatus("queue", ServingStatus.SERVING);
            within(4000, envoy, LIVE, 200);
            health.setStatus("queue", ServingStatus.NOT_SERVING);
            within(4000, envoy, LIVE, 503);
            health.setStatus("queue", ServingStatus.SERVING);
            within(4000, envoy, LIVE, 200);
            application.shutdownNow().awaitTermination();
            within(4000, envoy, LIVE, 503);
        }
    }

    @Test
    void anHttpProbeAsksAsTheKubeletWould() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer application = application(seen);
        int port = application.getAddress().getPort();
        try (RunningEnvoy envoy = RunningEnvoy.with(
                live(new ProbeTarget.Http(port, SECOND, "/live?deep=$(POD_IP)", false, "")),
                ready(new ProbeTarget.Http(port, SECOND, "/moved", false, "web.example.org")))) {
            assertThat(envoy.send(15901, LIVE, "GET", "X-Probe", "yes").statusCode())
                    .isEqualTo(200);
            assertThat(seen.getLast())
                    .startsWith("GET /live?deep=$(POD_IP) host=127.0.0.1:" + port + " ")
                    .contains("x-probe=[yes]")
                    .doesNotContain("x-forwarded", "x-envoy", "x-request-id");
            var moved = envoy.get(15902, READY);
            assertThat(moved.statusCode()).isEqualTo(302);
            assertThat(moved.headers().firstValue("location")).isEmpty();
            assertThat(seen.getLast()).startsWith("GET /moved host=127.0.0.1:");
        } finally {
            application.stop(0);
        }
    }

    @Test
    void nothingElseOfTheApplicationIsReached() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer application = application(seen);
        int port = application.getAddress().getPort();
        try (RunningEnvoy envoy = RunningEnvoy.with(live(new ProbeTarget.Http(port, SECOND, "/live", false, "")))) {
            for (String path : List.of(
                    "/",
                    "/live",
                    LIVE + "/",
                    LIVE + "/../secret",
                    LIVE + "/..%2fsecret",
                    LIVE + "/%2e%2e/secret",
                    LIVE + "?x=/../secret",
                    "/" + LIVE,
                    "/osm-liveness-probe/other",
                    READY)) {
                assertThat(envoy.get(15901, path).statusCode()).as(path).isEqualTo(404);
            }
            assertThat(envoy.send(15901, LIVE, "POST").statusCode()).isEqualTo(404);
            assertThat(seen).isEmpty();
            assertThat(envoy.get(15904, "/stats").statusCode()).isEqualTo(404);
            assertThat(envoy.get(15904, "/quitquitquit").statusCode()).isEqualTo(404);
        } finally {
            application.stop(0);
        }
    }

    @Test
    void aSlowApplicationFailsAfterTheProbesOwnTimeout() throws Exception {
        List<Socket> open = new CopyOnWriteArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> acceptAll(silent, open));
            ProbeTarget slow = new ProbeTarget.Http(silent.getLocalPort(), Duration.ofSeconds(2), "/", false, "");
            try (RunningEnvoy envoy = RunningEnvoy.with(live(slow))) {
                long start = System.nanoTime();
                assertThat(envoy.get(15901, LIVE).statusCode()).isEqualTo(504);
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isBetween(Duration.ofMillis(1900), Duration.ofMillis(4000));
            }
        }
    }

    @Test
    void anHttpsProbeBelievesAnyCertificate() throws Exception {
        try (SelfSigned application = SelfSigned.start();
                RunningEnvoy envoy = RunningEnvoy.with(
                        live(new ProbeTarget.Http(application.port(), SECOND, "/live", true, "web.example.org")))) {
            assertThat(envoy.get(15901, LIVE).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void inPodIpModeTheApplicationIsAskedThere() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer application = application(seen, InetAddress.getByAddress(new byte[] {127, 0, 0, 2}));
        int port = application.getAddress().getPort();
        try (RunningEnvoy envoy = RunningEnvoy.inPodIpMode(
                "127.0.0.2",
                live(new ProbeTarget.Http(port, SECOND, "/live", false, "")),
                ready(new ProbeTarget.Tcp(port, SECOND)))) {
            assertThat(envoy.get(15901, LIVE).statusCode()).isEqualTo(200);
            assertThat(seen.getLast()).contains("host=127.0.0.2:" + port, "from=127.0.0.6");
            assertThat(envoy.get(15902, READY).statusCode()).isEqualTo(200);
        } finally {
            application.stop(0);
        }
    }

    @Test
    void withoutTheControlPlaneTheSidecarHasNotStarted() throws Exception {
        try (RunningEnvoy envoy = RunningEnvoy.waiting()) {
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> envoy.get(15000, "/ready").statusCode() == 503);
            assertThat(envoy.get(15000, "/ready").body()).contains("INITIALIZING");
            await().during(Duration.ofSeconds(2)).until(() -> !answers(envoy));
        }
    }

    @Test
    void theBootstrapGivesNoCauseForWarnings() throws Exception {
        try (RunningEnvoy envoy = RunningEnvoy.with(live(new ProbeTarget.Tcp(1, SECOND)))) {
            assertThat(envoy.log()).isEmpty();
        }
    }

    @Test
    void onlyTheStatisticsThatAreShownAreKept() throws Exception {
        try (RunningEnvoy envoy = RunningEnvoy.with(live(new ProbeTarget.Tcp(1, SECOND)))) {
            List<String> names = envoy.get(15000, "/stats?filter=cluster.probe")
                    .body()
                    .lines()
                    .toList();
            assertThat(names).anyMatch(line -> line.equals("cluster.probe/web/liveness.membership_healthy: 0"));
            assertThat(names).hasSizeLessThan(25);
        }
    }

    private static boolean answers(RunningEnvoy envoy) throws InterruptedException {
        try {
            return envoy.get(15904, "/ready").statusCode() == 200;
        } catch (IOException refused) {
            return false;
        }
    }

    private static void within(int milliseconds, RunningEnvoy envoy, String path, int status) {
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofMillis(milliseconds))
                .until(() -> envoy.get(15901, path).statusCode() == status);
    }

    private static HttpServer application(List<String> seen) throws IOException {
        return application(seen, InetAddress.getLoopbackAddress());
    }

    /** Writes down what it is asked, and sends {@code /moved} elsewhere. */
    private static HttpServer application(List<String> seen, InetAddress address) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, 0), 50);
        server.createContext("/", exchange -> {
            URI uri = exchange.getRequestURI();
            seen.add(exchange.getRequestMethod() + " " + uri + " host="
                    + exchange.getRequestHeaders().getFirst("Host") + " from="
                    + exchange.getRemoteAddress().getAddress().getHostAddress() + " "
                    + exchange.getRequestHeaders().toString().toLowerCase(Locale.ROOT));
            boolean moved = uri.getPath().equals("/moved");
            if (moved) {
                exchange.getResponseHeaders().set("Location", "/login");
            }
            exchange.sendResponseHeaders(moved ? 302 : 200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void acceptAll(ServerSocket server, List<Socket> open) {
        try {
            while (true) {
                open.add(server.accept());
            }
        } catch (IOException closed) {
            open.forEach(ProbesOfRealEnvoyTest::close);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Nothing is left to close.
        }
    }
}
