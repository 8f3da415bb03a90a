package io.osmj.integration.bench;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The mesh as objects of the API server: services in a ring, each of which may call the ten that follow it. What controllers
 * and kubelets would write is written by hand.
 */
final class Estate {
    static final String MESH = "bench";
    static final String MESH_NAMESPACE = "osm-bench";
    private static final int WRITERS = 8;
    private static final int BYTE = 256;

    private final Scale scale;
    private final KubernetesClient client;
    private final AtomicInteger addresses = new AtomicInteger(BYTE);
    private final AtomicInteger serials = new AtomicInteger();

    /** The endpoints of each service. */
    private final Map<Integer, List<Pod>> pods = new ConcurrentHashMap<>();

    /** The cluster addresses of the services. */
    private final Map<Integer, String> clusterAddresses = new ConcurrentHashMap<>();

    Estate(Scale scale, KubernetesClient client) {
        this.scale = scale;
        this.client = client;
    }

    void create() {
        try (var files = Files.list(Path.of("..", "charts", "osm", "crds"))) {
            for (Path file : files.sorted().toList()) {
                client.load(Files.newInputStream(file)).serverSideApply();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Waiting.pause(2_000);
        namespace(MESH_NAMESPACE, Map.of());
        for (int i = 0; i < Math.min(4, scale.services); i++) {
            String namespace = Workload.namespace(i);
            namespace(namespace, Map.of("openservicemesh.io/monitored-by", MESH));
            apply(namespace, """
                    apiVersion: specs.smi-spec.io/v1alpha4
                    kind: HTTPRouteGroup
                    metadata: {name: routes}
                    spec: {matches: [{name: all, pathRegex: ".*", methods: ["*"]}]}
                    """);
        }
        meshConfig(false);
        each(scale.services, this::service);
    }

    /** From now on a proxy is told also about addresses that are not of the mesh. */
    void openEgress() {
        meshConfig(true);
    }

    private void meshConfig(boolean egress) {
        apply(MESH_NAMESPACE, """
                apiVersion: config.openservicemesh.io/v1alpha2
                kind: MeshConfig
                metadata: {name: osm-mesh-config}
                spec: {traffic: {enablePermissiveTrafficPolicyMode: %s, enableEgress: %s}}
                """.formatted(scale.permissive(), egress));
    }

    private Void service(int number) {
        Workload workload = new Workload(number);
        client.resource(workload.account()).create();
        String address = client.resource(workload.service()).create().getSpec().getClusterIP();
        clusterAddresses.put(number, address);
        List<Pod> made = new ArrayList<>();
        for (int i = 0; i < scale.pods; i++) {
            made.add(pod(number));
        }
        endpoints(number, made);
        if (!scale.permissive()) {
            target(number, callers(number));
        }
        return null;
    }

    /** A new pod of a service, with an address, in no slice yet. */
    Pod pod(int number) {
        Pod pod = client.resource(new Workload(number).pod(serials.incrementAndGet()))
                .create();
        int n = addresses.incrementAndGet();
        String address = "10.%d.%d.%d".formatted(128 + n / BYTE / BYTE, n / BYTE % BYTE, n % BYTE);
        return client.resource(new PodBuilder(pod)
                        .withNewStatus()
                        .withPhase("Running")
                        .withPodIP(address)
                        .endStatus()
                        .build())
                .updateStatus();
    }

    void delete(Pod pod) {
        client.resource(pod).withGracePeriod(0).delete();
    }

    /** Writes the endpoints of a service, with one request. */
    void endpoints(int number, List<Pod> now) {
        pods.put(number, List.copyOf(now));
        client.resource(new Workload(number).slice(now)).forceConflicts().serverSideApply();
    }

    List<Pod> pods(int number) {
        return pods.getOrDefault(number, List.of());
    }

    /** Writes who may call a service, with one request. */
    void target(int number, List<Integer> sources) {
        Workload to = new Workload(number);
        String from = sources.stream()
                .map(Workload::new)
                .map(source ->
                        "{kind: ServiceAccount, name: %s, namespace: %s}".formatted(source.name(), source.namespace()))
                .collect(Collectors.joining(", "));
        apply(to.namespace(), """
                apiVersion: access.smi-spec.io/v1alpha3
                kind: TrafficTarget
                metadata: {name: %s}
                spec:
                  destination: {kind: ServiceAccount, name: %s, namespace: %s}
                  rules: [{kind: HTTPRouteGroup, name: routes, matches: [all]}]
                  sources: [%s]
                """.formatted(to.name(), to.name(), to.namespace(), from));
    }

    List<Integer> callers(int number) {
        return ring(number, -Scale.CALLEES);
    }

    List<Integer> callees(int number) {
        return ring(number, 1);
    }

    private List<Integer> ring(int number, int from) {
        return IntStream.range(from, from + Scale.CALLEES)
                .mapToObj(step -> Math.floorMod(number + step, scale.services))
                .toList();
    }

    /** The name by which a proxy asks for a service when its cluster address is dialled. */
    String onDemand(int number) {
        return "h|" + clusterAddresses.get(number) + ":" + Workload.PORT;
    }

    /** A token like that of a projected volume. */
    String token(Pod pod) {
        return client.serviceAccounts()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getSpec().getServiceAccountName())
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences(List.of("osm-controller"))
                        .withExpirationSeconds(7200L)
                        .withNewBoundObjectRef()
                        .withKind("Pod")
                        .withApiVersion("v1")
                        .withName(pod.getMetadata().getName())
                        .withUid(pod.getMetadata().getUid())
                        .endBoundObjectRef()
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    private void namespace(String name, Map<String, String> labels) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
    }

    private void apply(String into, String yaml) {
        var object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        client.resource(object).inNamespace(into).forceConflicts().serverSideApply();
    }

    /** Does something for the numbers from 0, some at a time. */
    static <T> List<T> each(int count, IntFunction<T> action) {
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<T>> futures = IntStream.range(0, count)
                    .mapToObj(i -> writers.submit(() -> action.apply(i)))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
