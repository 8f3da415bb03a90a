package io.osmj.integration.ondemand;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.core.names.Ports;
import io.osmj.injector.bootstrap.BootstrapArguments;
import io.osmj.injector.bootstrap.BootstrapInput;
import io.osmj.injector.pod.SidecarParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Envoy with the injector's bootstrap, run by the user whose connections the rules leave alone. */
final class Sidecar implements AutoCloseable {
    private static final Path PROGRAM = Path.of(
            System.getProperty("osm.envoy", System.getProperty("user.home") + "/.cache/osm-java/envoy-1.40.0/envoy"));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Namespace pod;
    private final Path directory;
    private final Process process;

    Sidecar(Namespace pod, ControlPlane controlPlane) {
        this.pod = pod;
        try {
            this.directory = Files.createTempDirectory("sidecar");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.writeString(directory.resolve("token"), ControlPlane.TOKEN);
            Files.writeString(directory.resolve("bootstrap.json"), bootstrap(controlPlane));
            Files.writeString(directory.resolve("hosts"), World.HOSTS);
            this.process = pod.call(this::start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(this::live);
    }

    /** In place of a name server. */
    private static final String WITH_HOSTS = "mount --bind \"$0\" /etc/hosts && exec \"$@\"";

    /** It keeps the one right it needs to be read from a folder of root's; a container's image is readable as it is. */
    private Process start() throws IOException {
        String user = Integer.toString(SidecarParts.USER);
        return new ProcessBuilder(List.of(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        WITH_HOSTS,
                        directory.resolve("hosts").toString(),
                        "setpriv",
                        "--reuid=" + user,
                        "--regid=" + user,
                        "--clear-groups",
                        "--inh-caps=+dac_read_search",
                        "--ambient-caps=+dac_read_search",
                        PROGRAM.toString(),
                        "--config-path",
                        directory.resolve("bootstrap.json").toString(),
                        "--concurrency",
                        "2",
                        "--disable-hot-restart",
                        "--log-level",
                        System.getProperty("envoy.logging", "warning")))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    /** The bootstrap as it is but for where the control plane is and where the token is mounted. */
    private String bootstrap(ControlPlane controlPlane) throws IOException {
        String argument = new BootstrapArguments()
                .of(new BootstrapInput("web-1", "web.shop", "osm-system", controlPlane.rootPem(), false, List.of()));
        JsonNode tree = JSON.readTree(argument.replace("$$", "$"));
        ObjectNode client = (ObjectNode) tree.findValue("google_grpc");
        client.put("target_uri", "127.0.0.1:" + Ports.XDS);
        ((ObjectNode) client.at("/channel_args/args"))
                .putObject("grpc.ssl_target_name_override")
                .put("string_value", ControlPlane.NAME);
        ((ObjectNode) tree.findValue("secret_data"))
                .put("filename", directory.resolve("token").toString());
        return tree.toString();
    }

    private boolean live() {
        if (!process.isAlive()) {
            throw new IllegalStateException(log());
        }
        try {
            return Client.get(pod, "127.0.0.1", Ports.SIDECAR_HEALTH, "Host: x").status() != 0
                    && admin("/ready").startsWith("LIVE");
        } catch (IllegalStateException _) {
            return false;
        }
    }

    /** What the administration interface says. */
    String admin(String path) {
        return pod.run("curl", "-s", "http://127.0.0.1:" + Ports.ADMIN + path);
    }

    /** A counter or gauge; -1 if there is none of that name. */
    long stat(String name) {
        Matcher found = Pattern.compile("(?m)^" + Pattern.quote(name) + ": (\\d+)$")
                .matcher(admin("/stats?filter=^"
                        + Pattern.quote(name).replace("\\Q", "").replace("\\E", "") + "$"));
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    /** Resident memory, KiB. */
    long resident() {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
