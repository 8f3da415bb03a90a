package io.osmj.integration.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.List;
import java.util.Map;

/**
 * The objects of one service of the mesh: account, service, slice, pods.
 *
 * @param number of the service, from 0
 */
record Workload(int number) {
    static final int PORT = 8080;
    private static final int NAMESPACES = 4;

    String name() {
        return "svc-" + number;
    }

    static String namespace(int which) {
        return "bench-" + which % NAMESPACES;
    }

    String namespace() {
        return namespace(number);
    }

    ServiceAccount account() {
        return new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(name())
                .withNamespace(namespace())
                .endMetadata()
                .build();
    }

    Service service() {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name())
                .withNamespace(namespace())
                .endMetadata()
                .withNewSpec()
                .withSelector(Map.of("app", name()))
                .addNewPort()
                .withName("http-web")
                .withPort(PORT)
                .endPort()
                .endSpec()
                .build();
    }

    Pod pod(int serial) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name() + "-" + serial)
                .withNamespace(namespace())
                .addToLabels("app", name())
                .addToLabels("osm-proxy-uuid", "00000000-0000-4000-8000-%012d".formatted(number * 100_000L + serial))
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(name())
                .addNewInitContainer()
                .withName("envoy")
                .withImage("envoy")
                .withRestartPolicy("Always")
                .endInitContainer()
                .addNewContainer()
                .withName("app")
                .withImage("app")
                .addNewPort()
                .withContainerPort(PORT)
                .endPort()
                .endContainer()
                .endSpec()
                .build();
    }

    EndpointSlice slice(List<Pod> pods) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(name())
                .withNamespace(namespace())
                .addToLabels("kubernetes.io/service-name", name())
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withName("http-web")
                .withPort(PORT)
                .withProtocol("TCP")
                .endPort()
                .withEndpoints(pods.stream().map(Workload::endpoint).toList())
                .build();
    }

    private static Endpoint endpoint(Pod pod) {
        return new EndpointBuilder()
                .withAddresses(pod.getStatus().getPodIP())
                .withNewConditions()
                .withReady(true)
                .endConditions()
                .withNewTargetRef()
                .withKind("Pod")
                .withName(pod.getMetadata().getName())
                .withNamespace(pod.getMetadata().getNamespace())
                .withUid(pod.getMetadata().getUid())
                .endTargetRef()
                .build();
    }
}
