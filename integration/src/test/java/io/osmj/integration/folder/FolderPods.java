package io.osmj.integration.folder;

import static org.awaitility.Awaitility.await;

import io.osmj.core.identity.TrustDomain;
import io.osmj.core.intercept.Interception;
import io.osmj.core.state.ClusterState;
import io.osmj.core.state.PodState;
import io.osmj.injector.intercept.RulesText;
import io.osmj.injector.pod.SidecarParts;
import io.osmj.objects.folder.Folder;
import io.osmj.objects.folder.FolderFiles;
import io.osmj.objects.folder.FolderState;
import io.osmj.objects.read.Mesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All pods of a folder, each in a network of its own with the injector's rules, an Envoy and an application that says its name;
 * and between them the control plane that serves the folder. Nothing of the folder is changed for that.
 */
final class FolderPods implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String ROUTER = "10.245.0.1";
    private static final String ENVOY =
            System.getProperty("osm.envoy", System.getProperty("user.home") + "/.cache/osm-java/envoy-1.40.0/envoy");

    /** Says its name to whoever asks by HTTP on one port, and to whoever connects, before he says anything, on the other. */
    private static final String APPLICATION = """
            import http.server, socketserver, sys, threading
            name = sys.argv[1].encode()
            class Web(http.server.BaseHTTPRequestHandler):
                protocol_version = "HTTP/1.1"
                def do_GET(self):
                    self.rfile.read(int(self.headers.get("content-length", 0)))
                    self.send_response(200)
                    self.send_header("content-length", str(len(name)))
                    self.end_headers()
                    self.wfile.write(name)
                do_POST = do_GET
            class Database(socketserver.BaseRequestHandler):
                def handle(self):
                    self.request.sendall(name + b"\\n")
            socketserver.ThreadingTCPServer.allow_reuse_address = True
            database = socketserver.ThreadingTCPServer(("0.0.0.0", 3306), Database)
            threading.Thread(target=database.serve_forever, daemon=True).start()
            http.server.ThreadingHTTPServer(("0.0.0.0", 14001), Web).serve_forever()
            """;

    private final Path folder;
    private final Path work;
    private final Path state;
    private final ClusterState mesh;
    private final String router = "osm-tutorial-" + ProcessHandle.current().pid();
    private final Map<String, String> networks = new HashMap<>();
    private final List<Process> processes = new ArrayList<>();

    /** Pods that do not run yet. */
    FolderPods(Path folder, Path work) throws IOException {
        this.folder = folder;
        this.work = work;
        this.state = work.resolve("state");
        this.mesh = FolderState.of(
                        Folder.UNSEEN.with(FolderFiles.read(folder)),
                        new Mesh("osm", "osm-system", "osm-mesh-config", TrustDomain.CLUSTER_LOCAL))
                .state();
    }

    /** Starts them; when this returns, all Envoys listen. */
    void start() throws IOException {
        PodNetwork.check("ip", "netns", "add", router);
        inside(router, "sh", "-ec", "ip link set lo up; echo 1 >/proc/sys/net/ipv4/ip_forward");
        for (PodState pod : mesh.pods()) {
            connect(pod);
        }
        start(router, "controller", FolderProgram.command(folder, state, "--listen-address=" + ROUTER));
        await("ready").atMost(SOON).until(() -> Files.exists(state.resolve("ready")));
        for (PodState pod : mesh.pods()) {
            start(
                    network(pod),
                    pod.name(),
                    List.of("python3", "-c", APPLICATION, pod.account().name()));
            start(network(pod), "envoy-" + pod.name(), sidecar(pod));
        }
        mesh.pods().forEach(pod -> await(pod.name()).atMost(SOON).until(() -> listens(pod)));
    }

    private void connect(PodState pod) throws IOException {
        String here = "pod" + networks.size();
        String there = router + "-" + networks.size();
        networks.put(pod.namespace() + "/" + pod.account().name(), there);
        Path rules = Files.writeString(work.resolve(there + ".rules"), RulesText.of(Interception.EVERYTHING));
        PodNetwork.check("ip", "netns", "add", there);
        PodNetwork.check(
                "ip", "link", "add", here, "netns", router, "type", "veth", "peer", "name", "eth0", "netns", there);
        inside(router, "sh", "-ec", """
                ip address add %1$s/32 dev %2$s; ip link set %2$s up; ip route add %3$s/32 dev %2$s
                """.formatted(ROUTER, here, pod.address()));
        inside(there, "sh", "-ec", """
                ip link set lo up; ip address add %2$s/32 dev eth0; ip link set eth0 up
                ip route add %1$s/32 dev eth0; ip route add default via %1$s
                XTABLES_LOCKFILE=/dev/null iptables-restore --wait 5 --noflush %3$s
                """.formatted(ROUTER, pod.address(), rules));
    }

    /** The user whose connections the rules leave alone; what it may read it is given, as a container is its image. */
    private List<String> sidecar(PodState pod) {
        String user = Integer.toString(SidecarParts.USER);
        Path bootstrap = state.resolve("bootstrap").resolve(pod.namespace() + "." + pod.name() + ".yaml");
        return List.of(
                "setpriv",
                "--reuid=" + user,
                "--regid=" + user,
                "--clear-groups",
                "--inh-caps=+dac_read_search",
                "--ambient-caps=+dac_read_search",
                ENVOY,
                "--disable-hot-restart",
                "--concurrency",
                "1",
                "-c",
                bootstrap.toString());
    }

    private boolean listens(PodState pod) {
        return inside(network(pod), "sh", "-c", "curl -s http://127.0.0.1:15000/listeners || true")
                .contains("outbound-listener");
    }

    private String network(PodState pod) {
        return network(pod.namespace() + "/" + pod.account().name());
    }

    private String network(String account) {
        return networks.getOrDefault(account, "no pod runs as " + account);
    }

    /** What an application is answered: the status, and by whom, as {@code 200 bookstore}. */
    String call(String account, String service, String path, String... options) {
        String address = address(service);
        List<String> command = new ArrayList<>(List.of("curl", "-s", "--max-time", "10", "-w", "\\n%{http_code}"));
        command.addAll(Arrays.asList(options));
        command.add("http://" + address + path);
        String[] lines =
                inside(network(account), command.toArray(String[]::new)).split("\n", -1);
        String status = lines[lines.length - 1].strip();
        return status.equals("200") ? "200 " + lines[0] : status;
    }

    /** What somebody who connects and says nothing hears first; empty if that is nothing. */
    String listen(String account, String service) {
        String[] address = address(service).split(":", 2);
        String program = "import socket; s = socket.create_connection(('" + address[0] + "', " + address[1]
                + "), 10); print(s.recv(99).decode())";
        return inside(network(account), "sh", "-c", "python3 -c \"$0\" 2>/dev/null || true", program)
                .strip();
    }

    /** Where clients dial a service, as {@code namespace/name:port}: its address, or its pod's if it has none. */
    private String address(String service) {
        String[] words = service.split("[/:]", 3);
        return mesh.services().stream()
                        .filter(each ->
                                each.namespace().equals(words[0]) && each.name().equals(words[1]))
                        .flatMap(each -> Stream.concat(
                                each.clusterIps().stream(),
                                mesh.endpoints().stream()
                                        .filter(endpoint -> endpoint.service().equals(words[1]))
                                        .map(endpoint -> endpoint.address())))
                        .findFirst()
                        .orElseThrow()
                + ":" + words[2];
    }

    private void start(String network, String name, List<String> command) throws IOException {
        processes.add(new ProcessBuilder(Stream.concat(Stream.of("ip", "netns", "exec", network), command.stream())
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve(name + ".log").toFile())
                .start());
    }

    private static String inside(String network, String... command) {
        return PodNetwork.check(Stream.concat(Stream.of("ip", "netns", "exec", network), Stream.of(command))
                .toArray(String[]::new));
    }

    @Override
    public void close() {
        processes.reversed().forEach(Process::destroy);
        processes.forEach(process -> process.onExit().join());
        networks.values().forEach(network -> PodNetwork.check("ip", "netns", "delete", network));
        PodNetwork.check("ip", "netns", "delete", router);
    }
}
