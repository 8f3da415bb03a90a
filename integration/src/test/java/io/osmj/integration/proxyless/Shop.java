package io.osmj.integration.proxyless;

import static org.awaitility.Awaitility.await;

import io.osmj.integration.folder.PodNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A control plane of a folder, a service behind an Envoy, and a client without one, each a process in one network. */
final class Shop implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(60);
    static final int PORT = 8080;
    private static final Path ENVOY = Path.of(
            System.getProperty("osm.envoy", System.getProperty("user.home") + "/.cache/osm-java/envoy-1.40.0/envoy"));
    private static final String SERVER = "osm-controller.osm-system.svc:15128";

    final PodNetwork network = new PodNetwork();
    final Path folder;
    private final Path work;
    private final Path state;

    Shop(Path work) throws IOException {
        this.work = work;
        this.state = work.resolve("state");
        this.folder = Files.createDirectory(work.resolve("folder"));
        Files.writeString(work.resolve("hosts"), "127.0.0.1 osm-controller.osm-system.svc\n");
    }

    Process controlPlane() {
        Process process =
                java("controller", "io.osmj.controlplane.Controller", "--from=" + folder, "--state-dir=" + state);
        await("ready").atMost(SOON).until(() -> Files.exists(state.resolve("ready")));
        return process;
    }

    /** The one Envoy and its application stand behind all of these addresses. */
    void echo(List<String> addresses) {
        addresses.forEach(address -> network.pod(address, PORT));
        var _ = java("echo", Echo.class.getName(), "" + PORT);
        network.start(
                work.resolve("envoy.log"),
                List.of(
                        ENVOY.toString(),
                        "--disable-hot-restart",
                        "--concurrency",
                        "1",
                        "-c",
                        state.resolve("bootstrap/shop.echo-0.yaml").toString()));
        await("listening")
                .atMost(SOON)
                .until(() -> network.run("curl", "-s", "--max-time", "10", "http://127.0.0.1:15000/listeners")
                        .output()
                        .contains("inbound-listener"));
    }

    void buyer(String... targets) throws IOException {
        Path certificates = work.resolve("certificates");
        String roots = state.resolve("ca/xds.crt").toString();
        String token = state.resolve("tokens/shop.buyer-0").toString();
        var _ = java("certificates", CertificateFiles.class.getName(), SERVER, roots, token, certificates.toString());
        await("certificates")
                .atMost(SOON)
                .until(() ->
                        Files.exists(certificates.resolve("cert.pem")) && Files.exists(certificates.resolve("ca.pem")));
        Files.writeString(work.resolve("grpc.json"), """
                {"xds_servers": [{
                   "server_uri": "%s",
                   "channel_creds": [{"type": "osm", "config": {"ca_certificate_file": "%s", "token_file": "%s"}}],
                   "server_features": ["xds_v3"]}],
                 "node": {"id": "buyer-0.shop"},
                 "certificate_providers": {"osm": {"plugin_name": "file_watcher", "config": {
                   "certificate_file": "%4$s/cert.pem", "private_key_file": "%4$s/key.pem",
                   "ca_certificate_file": "%4$s/ca.pem", "refresh_interval": "1s"}}}}
                """.formatted(SERVER, roots, token, certificates));
        var _ = java("buyer", Buyer.class.getName(), targets);
    }

    private Process java(String name, String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djdk.net.hosts.file=" + work.resolve("hosts"),
                "-Dio.grpc.xds.bootstrap=" + work.resolve("grpc.json"),
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(List.of(arguments));
        return network.start(work.resolve(name + ".log"), command);
    }

    /** What calls of a method come to now; empty before the first. */
    String outcome(String target, String method) {
        return log("buyer")
                .lines()
                .filter(line -> line.startsWith(target + " " + method + " "))
                .reduce("", (_, later) -> later.substring(target.length() + method.length() + 2));
    }

    /** The times that a method could not be called. */
    List<String> failures(String target, String method) {
        return log("buyer")
                .lines()
                .filter(line -> line.startsWith(target + " " + method + " "))
                .filter(line -> !line.startsWith(target + " " + method + " OK "))
                .toList();
    }

    String log(String name) {
        try {
            return Files.readString(work.resolve(name + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
