package io.osmj.controlplane.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.state.ClusterState;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.PodState;
import io.osmj.core.state.ServiceState;
import io.osmj.objects.read.ObservedObjects;
import io.osmj.objects.read.StateReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StateReaderTest {
    private static final ObjectMapper TREES = new ObjectMapper();
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private static final String MESH = """
            apiVersion: config.openservicemesh.io/v1alpha2
            kind: MeshConfig
            metadata: {name: osm-mesh-config, namespace: osm-system}
            spec: {traffic: {enablePermissiveTrafficPolicyMode: true, outboundPortExclusionList: [0]}}
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: nodeapp-1
              namespace: dapr-test
              uid: u1
              labels: {osm-proxy-uuid: 9a5c}
              annotations: {dapr.io/enabled: "true", prometheus.io/scrape: "true", unrelated: x}
            spec:
              serviceAccountName: node.app
              containers: [{name: node}, {name: daprd, args: [--dapr-http-port, "3600"]}]
              initContainers: [{name: envoy}]
            status: {phase: Running, podIP: 10.1.0.1}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: pretender, namespace: dapr-test, uid: u2, labels: {osm-proxy-uuid: 9a5d}}
            spec: {serviceAccountName: default, containers: [{name: app}]}
            status: {phase: Running, podIP: 10.1.0.2}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: done, namespace: dapr-test, uid: u3}
            spec: {serviceAccountName: default, containers: [{name: app}]}
            status: {phase: Succeeded, podIP: 10.1.0.1}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: new, namespace: dapr-test, uid: u4}
            spec: {serviceAccountName: default, containers: [{name: app}]}
            status: {phase: Pending}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: nodeapp-dapr, namespace: dapr-test}
            spec:
              clusterIP: None
              clusterIPs: [None]
              ports: [{name: dapr-internal, port: 50002, protocol: TCP}, {name: dns, port: 53, protocol: UDP}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: both-families, namespace: dapr-test}
            spec: {clusterIP: 10.9.0.1, clusterIPs: [10.9.0.1, "fd00::1"], ports: [{port: 80, appProtocol: http}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: six-only, namespace: dapr-test}
            spec: {clusterIP: "fd00::2", clusterIPs: ["fd00::2"], ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: elsewhere, namespace: dapr-test}
            spec: {type: ExternalName, externalName: example.com}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: nodeapp-dapr-1, namespace: dapr-test, labels: {kubernetes.io/service-name: nodeapp-dapr}}
            addressType: IPv4
            ports: [{name: dapr-internal, port: 50002, protocol: TCP}]
            endpoints:
            - {addresses: [10.1.0.1], conditions: {ready: true}, targetRef: {kind: Pod, name: nodeapp-1}}
            - {addresses: [10.1.0.9], conditions: {ready: false}, targetRef: {kind: Pod, name: other}}
            - {addresses: [10.1.0.8]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: empty, namespace: dapr-test, labels: {kubernetes.io/service-name: both-families}}
            addressType: IPv4
            ports: null
            endpoints: null
            ---
            apiVersion: access.smi-spec.io/v1alpha3
            kind: TrafficTarget
            metadata: {name: target, namespace: dapr-test}
            spec:
              destination: {kind: ServiceAccount, name: node.app, namespace: dapr-test}
              rules: [{kind: HTTPRouteGroup, name: routes, matches: [all]}]
              sources: [{kind: ServiceAccount, name: pythonapp, namespace: dapr-test}]
            ---
            apiVersion: specs.smi-spec.io/v1alpha4
            kind: HTTPRouteGroup
            metadata: {name: routes, namespace: dapr-test}
            spec: {matches: [{name: all}]}
            """;

    private static Outcome<ClusterState> read(long seed) {
        List<String> documents = new ArrayList<>(List.of(MESH.split("---\n")));
        Collections.shuffle(documents, new Random(seed));
        List<Pod> pods = new ArrayList<>();
        List<Service> services = new ArrayList<>();
        List<EndpointSlice> slices = new ArrayList<>();
        List<GenericKubernetesResource> custom = new ArrayList<>();
        for (String document : documents) {
            HasMetadata object = YAML.unmarshal(document);
            switch (object) {
                case Pod pod -> pods.add(Kept.of(pod));
                case Service service -> services.add(Kept.of(service));
                case EndpointSlice slice -> slices.add(Kept.of(slice));
                case GenericKubernetesResource other -> custom.add(Kept.of(other));
                default -> throw new AssertionError(object);
            }
        }
        return StateReader.read(
                TrustDomain.CLUSTER_LOCAL,
                new ObservedObjects(
                        trees(custom, "MeshConfig").stream().findFirst(),
                        pods,
                        services,
                        slices,
                        new ObservedObjects.Smi(
                                trees(custom, "TrafficTarget"), trees(custom, "HTTPRouteGroup"), List.of(), List.of()),
                        List.of(),
                        trees(custom, "Egress"),
                        trees(custom, "Retry"),
                        List.of()));
    }

    private static List<JsonNode> trees(List<GenericKubernetesResource> objects, String kind) {
        return objects.stream()
                .filter(object -> object.getKind().equals(kind))
                .map(object -> TREES.<JsonNode>valueToTree(object))
                .toList();
    }

    @Test
    void podsThatRunAndHaveAnAddressAreRead() {
        assertThat(read(0).value().pods())
                .containsExactly(
                        new PodState(
                                "dapr-test",
                                "nodeapp-1",
                                "u1",
                                "10.1.0.1",
                                new ServiceAccount("dapr-test", "node.app"),
                                true,
                                false,
                                List.of(3600, 50001),
                                true),
                        new PodState(
                                "dapr-test",
                                "pretender",
                                "u2",
                                "10.1.0.2",
                                new ServiceAccount("dapr-test", "default"),
                                false,
                                false,
                                List.of(),
                                false));
    }

    @Test
    void aServiceOfIpv6AloneIsNotTakenForAHeadlessOne() {
        assertThat(read(0).value().services())
                .containsExactly(
                        new ServiceState(
                                "dapr-test",
                                "both-families",
                                List.of("10.9.0.1"),
                                List.of(new ServiceState.Port("", 80, "http"))),
                        new ServiceState(
                                "dapr-test",
                                "nodeapp-dapr",
                                List.of(),
                                List.of(new ServiceState.Port("dapr-internal", 50002, ""))));
    }

    @Test
    void readyAddressesAreReadAndUnknownCountsAsReady() {
        assertThat(read(0).value().endpoints())
                .containsExactly(
                        new EndpointState("dapr-test", "nodeapp-dapr", "dapr-internal", "10.1.0.1", 50002, "nodeapp-1"),
                        new EndpointState("dapr-test", "nodeapp-dapr", "dapr-internal", "10.1.0.8", 50002, ""));
    }

    @Test
    void policiesSettingsAndProblemsAreRead() {
        Outcome<ClusterState> read = read(0);

        assertThat(read.value().rules()).hasSize(1);
        assertThat(read.value().settings().traffic().permissive()).isTrue();
        assertThat(read.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.M1002);
            assertThat(problem.object().name()).isEqualTo("osm-mesh-config");
        });
    }

    @Test
    void theOrderOfObjectsDoesNotShow() {
        Outcome<ClusterState> first = read(0);
        for (long seed = 1; seed < 50; seed++) {
            assertThat(read(seed)).isEqualTo(first);
        }
    }

    @Test
    void withoutMeshConfigStrictModeHolds() {
        Outcome<ClusterState> read = StateReader.read(
                TrustDomain.CLUSTER_LOCAL,
                new ObservedObjects(
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        new ObservedObjects.Smi(List.of(), List.of(), List.of(), List.of()),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));

        assertThat(read.value().settings().traffic().permissive()).isFalse();
    }
}
