package io.osmj.integration.bench;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.IntStream;

/**
 * The folder that the control plane serves: a mesh in strict mode with a client, a server, and many services. The client may
 * send POST requests to one path of the server. Some services are the server's, the others those of a pod that the client may not call.
 */
final class ServiceFolder {
    static final String NAMESPACE = "bench";
    static final String PATH = "/echo";

    /** Any path but that one: the sidecars answer 403. */
    static final String FORBIDDEN = "/other";

    private static final String END = "---\n";
    private static final String FIXED = """
            apiVersion: config.openservicemesh.io/v1alpha2
            kind: MeshConfig
            metadata: {name: osm-mesh-config, namespace: osm-system}
            spec:
              traffic: {enablePermissiveTrafficPolicyMode: false, enableEgress: false}
              observability: {accessLog: LOG}
            ---
            apiVersion: v1
            kind: Namespace
            metadata:
              name: bench
              labels: {openservicemesh.io/monitored-by: osm}
              annotations: {openservicemesh.io/sidecar-injection: enabled, openservicemesh.io/metrics: enabled}
            ---
            apiVersion: access.smi-spec.io/v1alpha3
            kind: TrafficTarget
            metadata: {name: client-calls-server, namespace: bench}
            spec:
              destination: {kind: ServiceAccount, name: server, namespace: bench}
              sources: [{kind: ServiceAccount, name: client, namespace: bench}]
              rules: [{kind: HTTPRouteGroup, name: echo, matches: [send]}]
            ---
            apiVersion: specs.smi-spec.io/v1alpha4
            kind: HTTPRouteGroup
            metadata: {name: echo, namespace: bench}
            spec:
              matches: [{name: send, pathRegex: PATH, methods: [POST]}]
            """.replace("PATH", PATH);

    private static final String POD = """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: NAME, namespace: bench}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: NAME, namespace: bench, labels: {app: NAME}}
            spec:
              serviceAccountName: NAME
              containers:
              - {name: app, image: bench, ports: [{containerPort: PORT}]}
            status: {podIP: ADDRESS}
            """.replace("PORT", Integer.toString(PodPair.PORT));

    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: svc-NUMBER, namespace: bench}
            spec: {clusterIP: ADDRESS, selector: {app: POD}, ports: [{name: http, port: PORT, targetPort: PORT}]}
            """.replace("PORT", Integer.toString(PodPair.PORT));

    private final Path folder;
    private final int services;

    ServiceFolder(Path folder, PodPair pods, LoadScale scale) {
        this.folder = folder;
        this.services = scale.services;
        write("mesh.yaml", FIXED.replace("LOG", scale.accessLog));
        write(
                "pods.yaml",
                pod("client", pods.client().address())
                        + END
                        + pod("server", pods.server().address())
                        + END
                        + pod("elsewhere", "10.42.250.1"));
    }

    /** The first of the services are the server's, and so the client may call them. */
    void serve(int first) {
        write(
                "services.yaml",
                IntStream.range(0, services)
                        .mapToObj(number -> SERVICE.replace("NUMBER", Integer.toString(number))
                                .replace("ADDRESS", address(number))
                                .replace("POD", number < first ? "server" : "elsewhere"))
                        .collect(joining(END)));
    }

    /** Where the client dials a service. */
    static String url(int number, String path) {
        return "http://" + address(number) + ":" + PodPair.PORT + path;
    }

    private static String address(int number) {
        return "10.43.%d.%d".formatted(number / 250, 1 + number % 250);
    }

    private static String pod(String name, String address) {
        return POD.replace("NAME", name).replace("ADDRESS", address);
    }

    private void write(String name, String text) {
        try {
            Path whole = Files.writeString(folder.resolve("." + name + ".new"), text);
            Files.move(whole, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
