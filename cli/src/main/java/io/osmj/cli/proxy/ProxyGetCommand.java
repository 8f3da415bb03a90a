package io.osmj.cli.proxy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmj.cli.session.ClusterFault;
import io.osmj.cli.session.Failure;
import io.osmj.cli.session.Session;
import io.osmj.core.names.Labels;
import io.osmj.core.names.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code osm proxy get}: asks Envoy's administration in a pod, which listens on the pod's loopback only. */
@Command(
        name = "get",
        description = "Ask the sidecar of a pod, by a path of Envoy's administration.",
        footer = {"", "For example: osm proxy get config_dump nodeapp-7f9c -n dapr-test"})
public final class ProxyGetCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LAST_PORT = 65535;
    private final Session session;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            defaultValue = "default",
            description = "Namespace of the pod (default: default).")
    private String namespace = "default";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Write the answer to a file.")
    private @Nullable Path file;

    @Option(
            names = {"-p", "--local-port"},
            paramLabel = "PORT",
            description = "Local port to forward from (default: a free one).")
    private int localPort;

    @Parameters(
            index = "0",
            paramLabel = "QUERY",
            description = "Path, such as config_dump, clusters, stats, certs, ready.")
    private String query = "";

    @Parameters(index = "1", paramLabel = "POD", description = "Name of the pod.")
    private String pod = "";

    public ProxyGetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        requireUsable();
        requireSidecar();
        var answer = ask();
        if (file == null) {
            session.out().print(answer);
            return 0;
        }
        try {
            Files.writeString(file, answer);
        } catch (IOException failure) {
            throw new Failure("Error opening file %s: %s".formatted(file, failure.getMessage()), failure);
        }
        return 0;
    }

    /** Before a cluster is asked. */
    private void requireUsable() {
        if (localPort < 0 || localPort > LAST_PORT) {
            throw new Failure(("invalid argument \"%d\" for \"--local-port\": ports are 1 to %d;"
                            + " leave the option out for one that is free")
                    .formatted(localPort, LAST_PORT));
        }
        try {
            address(LAST_PORT);
        } catch (IllegalArgumentException noPath) {
            throw new Failure(
                    ("invalid argument \"%s\" for \"QUERY\": it is no path of a URL; give one such as config_dump or"
                                    + " stats?filter=rbac, a space written as %%20")
                            .formatted(query),
                    noPath);
        }
    }

    private URI address(int port) {
        return URI.create("http://127.0.0.1:%d/%s".formatted(port, query.replaceFirst("^/", "")));
    }

    private void requireSidecar() {
        var found = session.client().pods().inNamespace(namespace).withName(pod).get();
        if (found == null) {
            throw failure("pod %s in namespace %s was not found".formatted(pod, namespace), null);
        }
        var labels = found.getMetadata().getLabels();
        if (labels == null || !labels.containsKey(Labels.PROXY_UUID)) {
            throw failure("pod %s in namespace %s is not a part of a mesh".formatted(pod, namespace), null);
        }
        if (!"Running".equals(found.getStatus().getPhase())) {
            throw failure("pod %s in namespace %s is not running".formatted(pod, namespace), null);
        }
    }

    private String ask() {
        var running = session.client().pods().inNamespace(namespace).withName(pod);
        try (var forward = localPort == 0
                        ? running.portForward(Ports.ADMIN)
                        : running.portForward(Ports.ADMIN, localPort);
                var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var address = address(forward.getLocalPort());
            session.debug("GET " + address);
            var request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw failure(
                        "Envoy answers %d: %s"
                                .formatted(answer.statusCode(), answer.body().strip()),
                        null);
            }
            return answer.body();
        } catch (IOException | KubernetesClientException failure) {
            throw failure(ClusterFault.reason(failure, session.config()), failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failure("interrupted", stopped);
        }
    }

    private Failure failure(String reason, @Nullable Throwable cause) {
        var message = "error retrieving proxy config for pod %s in namespace %s: %s".formatted(pod, namespace, reason);
        return cause == null ? new Failure(message) : new Failure(message, cause);
    }
}
