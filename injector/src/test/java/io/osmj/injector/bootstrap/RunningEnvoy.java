package io.osmj.injector.bootstrap;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.injector.probe.SidecarProbe;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A real Envoy with the bootstrap of a sidecar, whose fixed ports are replaced by free ones of this machine. Unless it is
 * told to wait, it does without the control plane.
 */
final class RunningEnvoy implements AutoCloseable {
    static final Path PROGRAM = Path.of(
            System.getProperty("osm.envoy", System.getProperty("user.home") + "/.cache/osm-java/envoy-1.40.0/envoy"));

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Integer> FIXED = List.of(15000, 15901, 15902, 15903, 15904);

    private final Map<Integer, Integer> ports = new TreeMap<>();
    private final Path log;
    private final Process process;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private RunningEnvoy(BootstrapInput input, String podIp, boolean waiting) throws IOException {
        for (int port : FIXED) {
            ports.put(port, freePort());
        }
        log = Files.createTempFile("envoy", ".log");
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--config-yaml",
                        bootstrap(input, podIp, waiting),
                        "--log-level",
                        "warning",
                        "--concurrency",
                        "1",
                        "--disable-hot-restart")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    static RunningEnvoy with(SidecarProbe... probes) throws IOException {
        return started(input(false, probes), "127.0.0.1");
    }

    static RunningEnvoy inPodIpMode(String podIp, SidecarProbe... probes) throws IOException {
        return started(input(true, probes), podIp);
    }

    /** An Envoy that asks a control plane that is not there. */
    static RunningEnvoy waiting() throws IOException {
        return new RunningEnvoy(input(false), "127.0.0.1", true);
    }

    static BootstrapInput input(boolean podIpMode, SidecarProbe... probes) {
        return new BootstrapInput("id", "web.shop", "osm-system", "no certificate", podIpMode, List.of(probes));
    }

    private static RunningEnvoy started(BootstrapInput input, String podIp) throws IOException {
        RunningEnvoy envoy = new RunningEnvoy(input, podIp, false);
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> envoy.get(15904, "/ready").statusCode() == 200);
        return envoy;
    }

    /** The answer of the listener that has this port in a pod. */
    HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return send(port, path, "GET");
    }

    HttpResponse<String> send(int port, String path, String method, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(port) + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(10));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    private String bootstrap(BootstrapInput input, String podIp, boolean waiting) throws IOException {
        ObjectNode tree = (ObjectNode) JSON.readTree(Kubelet.expand(new BootstrapArguments().of(input), podIp));
        tree.findParents("port_value").forEach(this::replacePort);
        if (!waiting) {
            tree.remove("dynamic_resources");
        }
        return tree.toString();
    }

    private void replacePort(JsonNode address) {
        int port = address.path("port_value").asInt();
        ((ObjectNode) address).put("port_value", ports.getOrDefault(port, port));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        Files.delete(log);
    }
}
