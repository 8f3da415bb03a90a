package io.osmj.controlplane.watch;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.osmj.objects.read.Fields;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is kept in memory of an object of each kind: all that the readers look at, and enough to point at the object. Without the
 * client's builders, which copy every field through objects of their own.
 */
final class Kept {
    /** The largest annotation there is: kubectl keeps the whole object in it once more. */
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private static final List<String> KEPT_PREFIXES = List.of("dapr.io/", "openservicemesh.io/", "prometheus.io/");

    private Kept() {}

    static Namespace of(Namespace namespace) {
        Namespace kept = new Namespace();
        kept.setMetadata(withAnnotations(namespace.getMetadata()));
        return kept;
    }

    static Pod of(Pod pod) {
        PodSpec spec = new PodSpec();
        spec.setServiceAccountName(pod.getSpec().getServiceAccountName());
        spec.setContainers(containers(pod.getSpec().getContainers()));
        spec.setInitContainers(containers(pod.getSpec().getInitContainers()));
        PodStatus status = new PodStatus();
        if (pod.getStatus() != null) {
            status.setPhase(pod.getStatus().getPhase());
            status.setPodIP(pod.getStatus().getPodIP());
        }
        Pod kept = new Pod();
        kept.setMetadata(withAnnotations(pod.getMetadata()));
        kept.setSpec(spec);
        kept.setStatus(status);
        return kept;
    }

    static ServiceAccount of(ServiceAccount account) {
        ServiceAccount kept = new ServiceAccount();
        kept.setMetadata(metadata(account.getMetadata()));
        kept.getMetadata().setLabels(Map.of());
        return kept;
    }

    static Service of(Service service) {
        ServiceSpec spec = new ServiceSpec();
        spec.setType(service.getSpec().getType());
        spec.setClusterIP(service.getSpec().getClusterIP());
        spec.setClusterIPs(service.getSpec().getClusterIPs());
        spec.setPorts(service.getSpec().getPorts());
        Service kept = new Service();
        kept.setMetadata(metadata(service.getMetadata()));
        kept.setSpec(spec);
        return kept;
    }

    static EndpointSlice of(EndpointSlice slice) {
        EndpointSlice kept = new EndpointSlice();
        kept.setMetadata(metadata(slice.getMetadata()));
        kept.setAddressType(slice.getAddressType());
        kept.setEndpoints(slice.getEndpoints());
        kept.setPorts(slice.getPorts());
        return kept;
    }

    /** A custom object is kept whole but for what kubectl writes into it for itself. */
    static GenericKubernetesResource of(GenericKubernetesResource object) {
        if (object.getMetadata().getAnnotations() != null) {
            object.getMetadata().getAnnotations().remove(LAST_APPLIED);
        }
        return object;
    }

    private static ObjectMeta metadata(ObjectMeta metadata) {
        ObjectMeta kept = new ObjectMeta();
        kept.setNamespace(metadata.getNamespace());
        kept.setName(metadata.getName());
        kept.setUid(metadata.getUid());
        kept.setResourceVersion(metadata.getResourceVersion());
        kept.setDeletionTimestamp(metadata.getDeletionTimestamp());
        kept.setLabels(metadata.getLabels());
        return kept;
    }

    private static ObjectMeta withAnnotations(ObjectMeta metadata) {
        Map<String, String> annotations = new TreeMap<>(Fields.map(metadata.getAnnotations()));
        annotations.keySet().removeIf(key -> KEPT_PREFIXES.stream().noneMatch(key::startsWith));
        ObjectMeta kept = metadata(metadata);
        kept.setAnnotations(annotations);
        return kept;
    }

    private static List<Container> containers(@Nullable List<Container> containers) {
        return Fields.list(containers).stream().map(Kept::container).toList();
    }

    private static Container container(Container container) {
        Container kept = new Container();
        kept.setName(container.getName());
        kept.setArgs(container.getArgs());
        return kept;
    }
}
