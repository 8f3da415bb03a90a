package io.osmj.integration.controlplane;

import static java.util.stream.Collectors.joining;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Random;
import java.util.stream.Stream;

/** Pods, services and slices that come, change and go; names and addresses are few, so that they meet. */
final class RandomWorkloads {
    private static final String SIDECAR = ", labels: {osm-proxy-uuid: 9a5cbd0e-0000-4000-8000-000000000000}";
    private static final int PODS = 5;
    private static final int SERVICES = 3;
    private static final String SLICES = "discovery.k8s.io/v1";

    private final TestMesh mesh;
    private final ObjectWriter objects;
    private final Random random;

    RandomWorkloads(TestMesh mesh, Random random) {
        this.mesh = mesh;
        this.objects = new ObjectWriter(mesh);
        this.random = random;
    }

    /** One comes, or goes for good, or is followed at once by one of the same name; now and then without sidecar or address. */
    void pod(String space) {
        int number = random.nextInt(PODS);
        String name = "p" + number;
        boolean gone = objects.delete(space, "v1", "Pod", name);
        if (gone && random.nextInt(3) == 0) {
            return;
        }
        objects.apply(
                space, "v1", "Pod", name + (random.nextInt(6) > 0 ? SIDECAR : ""), """
                spec:
                  serviceAccountName: a%d
                  containers: [{name: app, image: app}, {name: envoy, image: envoy}]
                """.formatted(random.nextInt(3)));
        if (random.nextInt(6) > 0) {
            run(mesh.client().pods().inNamespace(space).withName(name).get(), address(number));
        }
    }

    /** As the kubelet does; some are done at once. */
    private void run(Pod pod, String address) {
        Pod running = mesh.address(pod, address);
        if (random.nextInt(6) == 0) {
            mesh.client()
                    .resource(running)
                    .editStatus(now -> new PodBuilder(now)
                            .editStatus()
                            .withPhase("Succeeded")
                            .endStatus()
                            .build());
        }
    }

    /** With a cluster IP, without one, or of something outside, which does not change while it lives; its port does. */
    void service(String space) {
        String name = "s" + random.nextInt(SERVICES);
        boolean gone = objects.delete(space, "v1", "Service", name);
        if (gone && random.nextInt(3) == 0) {
            return;
        }
        String kind = switch (random.nextInt(5)) {
            case 0 -> "clusterIP: None, ";
            case 1 -> "type: ExternalName, externalName: example.com, ";
            default -> "";
        };
        for (int change = random.nextInt(2); change >= 0; change--) {
            objects.apply(space, "v1", "Service", name, "spec: {%sports: [%s]}".formatted(kind, port(80)));
        }
    }

    /** Which may turn from one service to another. */
    void slice(String space) {
        String name = "e" + random.nextInt(5);
        if (random.nextInt(3) == 0) {
            objects.delete(space, SLICES, "EndpointSlice", name);
            return;
        }
        String service = ", labels: {kubernetes.io/service-name: s%d}".formatted(random.nextInt(SERVICES));
        String endpoints = Stream.generate(() -> endpoint(space))
                .limit(2 + random.nextInt(3))
                .collect(joining(", "));
        objects.apply(space, SLICES, "EndpointSlice", name + service, """
                addressType: IPv4
                ports: [%s]
                endpoints: [%s]
                """.formatted(port(8080), endpoints));
    }

    private String endpoint(String space) {
        int pod = random.nextInt(PODS);
        return "{addresses: [%s], conditions: {ready: %s}, targetRef: {kind: Pod, name: p%d, namespace: %s}}"
                .formatted(address(pod), random.nextInt(4) > 0, pod, space);
    }

    /** Mostly one that only the pod of that number has in its namespace, so that slices and pods agree. */
    private String address(int pod) {
        return "10.5.0." + (random.nextInt(6) > 0 ? pod : random.nextInt(PODS));
    }

    private String port(int first) {
        return "{name: %s, port: %d, protocol: TCP}"
                .formatted(random.nextInt(4) > 0 ? "http-web" : "tcp-x", first + random.nextInt(2));
    }
}
