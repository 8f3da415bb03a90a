package io.osmj.integration.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.policy.TcpAllowance;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.state.ClusterState;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.PodState;
import io.osmj.core.state.ServiceState;
import io.osmj.core.state.StatePatch;
import io.osmj.objects.read.EndpointReader;
import io.osmj.objects.read.PodReader;
import io.osmj.objects.read.ServiceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The mesh of {@link Estate} in strict mode, without a cluster. */
final class PaperEstate {
    private static final int SERVICES = 210;
    static final int PODS = 5;

    private PaperEstate() {}

    /** All of it. */
    static ClusterState state() {
        List<PodState> pods = new ArrayList<>();
        List<ServiceState> services = new ArrayList<>();
        List<EndpointState> endpoints = new ArrayList<>();
        List<AllowRule> rules = new ArrayList<>();
        for (int number = 0; number < SERVICES; number++) {
            Workload workload = new Workload(number);
            List<Pod> own = pods(number);
            own.forEach(pod -> PodReader.read(pod).ifPresent(pods::add));
            EndpointReader.read(workload.slice(own)).forEach(endpoints::add);
            var service = workload.service();
            service.getSpec().setClusterIP("10.64.%d.1".formatted(number));
            service.getSpec().setClusterIPs(List.of("10.64.%d.1".formatted(number)));
            ServiceReader.read(service).ifPresent(services::add);
            rules.add(rule(number));
        }
        return new ClusterState(
                TrustDomain.CLUSTER_LOCAL,
                MeshSettings.WITHOUT_MESH_CONFIG,
                pods,
                services,
                endpoints,
                rules,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** The pods of a service, with their addresses. */
    static List<Pod> pods(int number) {
        return IntStream.range(0, PODS)
                .mapToObj(serial -> {
                    Pod pod = new Workload(number).pod(serial);
                    pod.getMetadata().setUid("uid-" + number + "-" + serial);
                    pod.setStatus(new PodStatusBuilder()
                            .withPhase("Running")
                            .withPodIP("10.128.%d.%d".formatted(number, serial + 1))
                            .build());
                    return pod;
                })
                .toList();
    }

    private static AllowRule rule(int number) {
        return new AllowRule(
                new ObjectRef("TrafficTarget", Workload.namespace(number), "svc-" + number),
                account(number),
                IntStream.rangeClosed(1, Scale.CALLEES)
                        .mapToObj(step -> account(Math.floorMod(number - step, SERVICES)))
                        .toList(),
                List.of(HttpMatch.ANY),
                new TcpAllowance.Nothing());
    }

    private static ServiceAccount account(int number) {
        return new ServiceAccount(Workload.namespace(number), new Workload(number).name());
    }

    /** These pods, and no others, are behind a service. */
    static StatePatch patch(int number, List<Pod> behind) {
        Workload workload = new Workload(number);
        ObjectKey service = new ObjectKey(workload.namespace(), workload.name());
        return new StatePatch(
                false,
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(service, EndpointReader.read(workload.slice(behind)).toList()),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of());
    }

    /** What a watch brings when a pod changes; who wrote what is in it, as in every object. */
    static String event(Pod pod) {
        Map<String, Object> fields = Map.of(
                "f:metadata",
                        Map.of("f:labels", Map.of(".", Map.of(), "f:app", Map.of(), "f:osm-proxy-uuid", Map.of())),
                "f:spec",
                        Map.of(
                                "f:containers",
                                Map.of("k:{\"name\":\"app\"}", Map.of(".", Map.of(), "f:image", Map.of()))),
                "f:status", Map.of("f:phase", Map.of(), "f:podIP", Map.of(), "f:conditions", Map.of()));
        Pod seen = new PodBuilder(pod)
                .editMetadata()
                .addNewManagedField()
                .withManager("controller")
                .withOperation("Update")
                .withNewFieldsV1()
                .withAdditionalProperties(fields)
                .endFieldsV1()
                .endManagedField()
                .endMetadata()
                .build();
        return Serialization.asJson(Map.of("type", "MODIFIED", "object", seen));
    }
}
