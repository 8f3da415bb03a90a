package io.osmj.cli.rehearsal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.osmj.cli.Osm;
import io.osmj.cli.session.Paint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Plays the commands that are used most against an API server on loopback that knows one mesh and nothing else. */
public final class Rehearsal {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("version", "--client-only"),
            List.of("version"),
            List.of("mesh", "list"),
            List.of("namespace", "list"),
            List.of("namespace", "list", "-o", "json"),
            List.of("check"),
            List.of("nonsense"),
            List.of("--help"));

    private static final String MESH = """
            {"kind": "DeploymentList", "apiVersion": "apps/v1", "metadata": {"resourceVersion": "1"}, "items": [
              {"metadata": {"name": "osm-controller", "namespace": "osm-system",
                "labels": {"app": "osm-controller", "meshName": "osm", "app.kubernetes.io/version": "0"}},
               "spec": {"replicas": 1}, "status": {"availableReplicas": 1, "observedGeneration": 1}}]}
            """;

    private Rehearsal() {}

    /** Plays all commands; their failures are part of the play. */
    public static void main(String[] arguments) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", Rehearsal::answer);
        server.start();
        var kubeconfig = Files.createTempFile("rehearsal", ".yaml");
        try {
            Files.writeString(kubeconfig, kubeconfig(server.getAddress().getPort()));
            COMMANDS.forEach(command -> play(command, kubeconfig));
        } finally {
            Files.delete(kubeconfig);
            server.stop(0);
        }
    }

    private static void play(List<String> command, Path kubeconfig) {
        var words = new ArrayList<>(command);
        words.addAll(List.of("--kubeconfig", kubeconfig.toString()));
        var nowhere = new PrintWriter(new StringWriter());
        var silence = new BufferedReader(new StringReader(""));
        Osm.run(silence, nowhere, nowhere, Paint.PLAIN, words.toArray(String[]::new));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = path.endsWith("/deployments")
                    ? MESH
                    : "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[]}";
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String kubeconfig(int port) {
        return """
               apiVersion: v1
               kind: Config
               current-context: rehearsal
               contexts: [{name: rehearsal, context: {cluster: rehearsal, user: rehearsal}}]
               clusters: [{name: rehearsal, cluster: {server: "http://127.0.0.1:%d"}}]
               users: [{name: rehearsal, user: {token: rehearsal}}]
               """.formatted(port);
    }
}
