package io.osmj.controlplane.watch;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.osmj.objects.read.Mesh;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One feed for each kind that the mesh reads. */
final class Feeds {
    final Feed<Namespace> namespaces;
    final Feed<Pod> pods;
    final Feed<ServiceAccount> accounts;
    final Feed<Service> services;
    final Feed<EndpointSlice> endpointSlices;
    private final Map<CustomKind, Feed<GenericKubernetesResource>> custom = new EnumMap<>(CustomKind.class);

    Feeds(KubernetesClient client, Mesh mesh) {
        this.namespaces =
                new Feed<>("Namespace", false, () -> client.namespaces().runnableInformer(0), Kept::of);
        this.pods =
                new Feed<>("Pod", false, () -> client.pods().inAnyNamespace().runnableInformer(0), Kept::of);
        this.accounts = new Feed<>(
                "ServiceAccount",
                false,
                () -> client.serviceAccounts().inAnyNamespace().runnableInformer(0),
                Kept::of);
        this.services = new Feed<>(
                "Service", false, () -> client.services().inAnyNamespace().runnableInformer(0), Kept::of);
        this.endpointSlices = new Feed<>(
                "EndpointSlice",
                false,
                () -> client.discovery().v1().endpointSlices().inAnyNamespace().runnableInformer(0),
                Kept::of);
        for (CustomKind kind : CustomKind.values()) {
            custom.put(kind, feed(client, mesh, kind));
        }
    }

    private static Feed<GenericKubernetesResource> feed(KubernetesClient client, Mesh mesh, CustomKind kind) {
        var objects = client.genericKubernetesResources(kind.context());
        Supplier<SharedIndexInformer<GenericKubernetesResource>> informers = kind == CustomKind.MESH_CONFIG
                ? () -> objects.inNamespace(mesh.namespace())
                        .withName(mesh.configName())
                        .runnableInformer(0)
                : () -> objects.inAnyNamespace().runnableInformer(0);
        return new Feed<>(kind.kind(), true, informers, Kept::of);
    }

    Feed<GenericKubernetesResource> custom(CustomKind kind) {
        return Objects.requireNonNull(custom.get(kind));
    }

    Stream<Feed<? extends HasMetadata>> all() {
        return Stream.concat(Stream.of(namespaces, pods, accounts, services, endpointSlices), custom.values().stream());
    }
}
