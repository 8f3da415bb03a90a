package io.osmj.controlplane.watch;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.osmj.objects.read.Fields;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is kept in memory of an object of each kind: all that the readers look at, and enough to point at the object. */
final class Kept {
    /** The largest annotation there is: kubectl keeps the whole object in it once more. */
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private static final List<String> KEPT_PREFIXES = List.of("dapr.io/", "openservicemesh.io/", "prometheus.io/");

    private Kept() {}

    static Namespace of(Namespace namespace) {
        return new NamespaceBuilder()
                .withMetadata(metadata(namespace.getMetadata())
                        .withAnnotations(annotations(namespace.getMetadata()))
                        .build())
                .build();
    }

    static Pod of(Pod pod) {
        return new PodBuilder()
                .withMetadata(metadata(pod.getMetadata())
                        .withAnnotations(annotations(pod.getMetadata()))
                        .build())
                .withNewSpec()
                .withServiceAccountName(pod.getSpec().getServiceAccountName())
                .withContainers(containers(pod.getSpec().getContainers()))
                .withInitContainers(containers(pod.getSpec().getInitContainers()))
                .endSpec()
                .withNewStatus()
                .withPhase(pod.getStatus() == null ? null : pod.getStatus().getPhase())
                .withPodIP(pod.getStatus() == null ? null : pod.getStatus().getPodIP())
                .endStatus()
                .build();
    }

    static ServiceAccount of(ServiceAccount account) {
        return new ServiceAccountBuilder()
                .withMetadata(
                        metadata(account.getMetadata()).withLabels(Map.of()).build())
                .build();
    }

    static Service of(Service service) {
        return new ServiceBuilder()
                .withMetadata(metadata(service.getMetadata()).build())
                .withNewSpec()
                .withType(service.getSpec().getType())
                .withClusterIP(service.getSpec().getClusterIP())
                .withClusterIPs(service.getSpec().getClusterIPs())
                .withPorts(service.getSpec().getPorts())
                .endSpec()
                .build();
    }

    static EndpointSlice of(EndpointSlice slice) {
        return new EndpointSliceBuilder()
                .withMetadata(metadata(slice.getMetadata()).build())
                .withAddressType(slice.getAddressType())
                .withEndpoints(slice.getEndpoints())
                .withPorts(slice.getPorts())
                .build();
    }

    /** A custom object is kept whole but for what kubectl writes into it for itself. */
    static GenericKubernetesResource of(GenericKubernetesResource object) {
        if (object.getMetadata().getAnnotations() != null) {
            object.getMetadata().getAnnotations().remove(LAST_APPLIED);
        }
        return object;
    }

    private static ObjectMetaBuilder metadata(ObjectMeta metadata) {
        return new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .withDeletionTimestamp(metadata.getDeletionTimestamp())
                .withLabels(metadata.getLabels());
    }

    private static Map<String, String> annotations(ObjectMeta metadata) {
        Map<String, String> kept = new TreeMap<>(Fields.map(metadata.getAnnotations()));
        kept.keySet().removeIf(key -> KEPT_PREFIXES.stream().noneMatch(key::startsWith));
        return kept;
    }

    private static List<Container> containers(@Nullable List<Container> containers) {
        return Fields.list(containers).stream()
                .map(container -> new ContainerBuilder()
                        .withName(container.getName())
                        .withArgs(container.getArgs())
                        .build())
                .toList();
    }
}
