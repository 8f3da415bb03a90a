package io.osmj.cli.check;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmj.dapr.outbound.Backend;
import io.osmj.dapr.outbound.ControlPlaneNeeds;
import io.osmj.dapr.outbound.DaprComponent;
import io.osmj.dapr.outbound.DaprService;
import io.osmj.dapr.outbound.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What is in the cluster of Dapr, read from its objects. */
final class DaprCluster {
    private static final Pattern DOT = Pattern.compile("\\.");
    private final KubernetesClient client;

    DaprCluster(KubernetesClient client) {
        this.client = client;
    }

    /** The namespace of Dapr's control plane, known by the Service its sidecars get their identity from. */
    Optional<String> namespace() {
        return client.services().inAnyNamespace().withField("metadata.name", "dapr-sentry").list().getItems().stream()
                .map(service -> service.getMetadata().getNamespace())
                .sorted()
                .findFirst();
    }

    /** What daprd needs of the control plane in a namespace, and of Kubernetes. */
    List<Need> needs(String namespace) {
        var services = client.services().inNamespace(namespace).list().getItems().stream()
                .map(DaprCluster::read)
                .toList();
        var needs = new ArrayList<>(ControlPlaneNeeds.of(services));
        Optional.ofNullable(client.services()
                        .inNamespace("default")
                        .withName("kubernetes")
                        .get())
                .flatMap(service -> ControlPlaneNeeds.ofKubernetes(
                        service.getSpec().getClusterIP(),
                        service.getSpec().getPorts().getFirst().getPort()))
                .ifPresent(needs::add);
        return needs;
    }

    /** The components of a namespace, sorted by name. */
    List<DaprComponent> components(String namespace) {
        return client
                .genericKubernetesResources("dapr.io/v1alpha1", "Component")
                .inNamespace(namespace)
                .list()
                .getItems()
                .stream()
                .map(DaprCluster::read)
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    /** Whether a server is a Service of the cluster whose pods all have a sidecar: then the mesh itself carries it. */
    boolean inTheMesh(Backend backend, String namespace) {
        var parts = DOT.splitAsStream(backend.host()).toList();
        if (parts.isEmpty() || parts.getFirst().isEmpty()) {
            return false;
        }
        var place = parts.size() > 1 ? parts.get(1) : namespace;
        var service =
                client.services().inNamespace(place).withName(parts.getFirst()).get();
        if (service == null
                || service.getSpec().getSelector() == null
                || service.getSpec().getSelector().isEmpty()) {
            return false;
        }
        var pods = client.pods()
                .inNamespace(place)
                .withLabels(service.getSpec().getSelector())
                .list()
                .getItems();
        return !pods.isEmpty() && pods.stream().allMatch(DataPlaneCheck::hasSidecar);
    }

    private static DaprService read(Service service) {
        var ports = service.getSpec().getPorts().stream()
                .map(port -> new DaprService.Port(Objects.requireNonNullElse(port.getName(), ""), port.getPort()))
                .toList();
        var address = Optional.ofNullable(service.getSpec().getClusterIP()).filter(ip -> !ip.equals("None"));
        return new DaprService(service.getMetadata().getName(), address, ports);
    }

    private static DaprComponent read(GenericKubernetesResource component) {
        var settings = new TreeMap<String, String>();
        if (component.<Object>get("spec", "metadata") instanceof List<?> entries) {
            for (var entry : entries) {
                if (entry instanceof Map<?, ?> fields && fields.get("value") != null) {
                    settings.put(String.valueOf(fields.get("name")), String.valueOf(fields.get("value")));
                }
            }
        }
        var scopes = component.<Object>get("scopes") instanceof List<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.<String>of();
        return new DaprComponent(
                component.getMetadata().getNamespace(),
                component.getMetadata().getName(),
                String.valueOf(component.<Object>get("spec", "type")),
                settings,
                scopes);
    }
}
