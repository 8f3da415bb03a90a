package io.osmj.cli.cluster;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The pages of a controller, and a pod at whose address they are, so that the API server passes requests on. No kubelet runs
 * the pod; the address is this machine's, as the API server passes nothing on to a loopback one.
 */
public final class Controller implements AutoCloseable {
    private static final int PORT = 9091;
    private final KubernetesClient client;
    private final HttpServer server;
    private final Pod pod;

    private Controller(KubernetesClient client, HttpServer server, Pod pod) {
        this.client = client;
        this.server = server;
        this.pod = pod;
    }

    /**
     * A controller in namespace osm-system that answers until it is closed.
     *
     * @param pages JSON by path
     */
    public static Controller answering(KubernetesClient client, Map<String, String> pages) throws IOException {
        var address = ofThisMachine();
        var server = HttpServer.create(new InetSocketAddress(address, PORT), 0);
        pages.forEach((path, json) -> server.createContext("/" + path, exchange -> {
            try (exchange) {
                var body = json.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }));
        server.start();
        return new Controller(client, server, running(client, address.getHostAddress()));
    }

    /** The address from which it would send; nothing is sent. */
    private static InetAddress ofThisMachine() throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.connect(InetAddress.getByName("198.51.100.1"), 9);
            return socket.getLocalAddress();
        }
    }

    private static Pod running(KubernetesClient client, String address) {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName("osm-controller-0")
                .withNamespace("osm-system")
                .addToLabels("app", "osm-controller")
                .endMetadata()
                .withNewSpec()
                .withAutomountServiceAccountToken(false)
                .addNewContainer()
                .withName("controller")
                .withImage("osm-controller")
                .endContainer()
                .endSpec()
                .build();
        client.resource(pod).create();
        return client.pods()
                .inNamespace("osm-system")
                .withName("osm-controller-0")
                .editStatus(created -> new PodBuilder(created)
                        .editOrNewStatus()
                        .withPhase("Running")
                        .withPodIP(address)
                        .endStatus()
                        .build());
    }

    @Override
    public void close() {
        client.resource(pod).withGracePeriod(0).delete();
        server.stop(0);
    }
}
