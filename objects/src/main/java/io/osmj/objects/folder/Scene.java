package io.osmj.objects.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.osmj.config.read.MeshConfigReader;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.settings.MeshSettings;
import io.osmj.objects.read.Fields;
import io.osmj.objects.read.Mesh;
import io.osmj.objects.read.ObservedObjects;
import io.osmj.objects.read.UnheededKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The objects of a folder's mesh as a cluster would show them: what controllers and the injector do is done. */
final class Scene {
    private final Mesh mesh;
    private final Collection<SourceObject> objects;
    private final Map<ObjectRef, String> refused;
    private final Membership membership;
    private final Addresses addresses = new Addresses();
    private final Map<ObjectRef, FolderState.Origin> origins = new HashMap<>();
    private final Map<String, String> withoutSidecar = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final ObservedObjects observed;

    Scene(Mesh mesh, SortedMap<ObjectRef, SourceObject> folder, Map<ObjectRef, String> refused) {
        this.mesh = mesh;
        this.refused = refused;
        this.objects = folder.values();
        Map<String, SourceObject> namespaces = new TreeMap<>();
        of("Namespace").forEach(namespace -> namespaces.put(namespace.name(), namespace));
        this.membership = new Membership(mesh, namespaces);
        folder.forEach((ref, object) -> origins.put(ref, new FolderState.Origin(object, "")));
        objects.forEach(object -> UnheededKind.of(object.group(), object.kind())
                .ifPresent(kind -> problems.add(kind.problem(object.namespace(), object.name()))));
        this.observed = observe();
    }

    ObservedObjects observed() {
        return observed;
    }

    Map<ObjectRef, FolderState.Origin> origins() {
        return origins;
    }

    Map<String, String> withoutSidecar() {
        return withoutSidecar;
    }

    Membership membership() {
        return membership;
    }

    List<Problem> problems() {
        return problems;
    }

    private ObservedObjects observe() {
        Optional<JsonNode> config = meshConfig();
        if (config.isEmpty()) {
            problems.add(noMeshConfig());
        }
        MeshSettings settings =
                config.map(object -> MeshConfigReader.read(object).value()).orElse(MeshSettings.WITHOUT_MESH_CONFIG);
        List<Workloads.RunningPod> running = ours().flatMap(Workloads::pods).toList();
        List<ObjectNode> services = trees("Service").stream()
                .map(tree -> (ObjectNode) tree.deepCopy())
                .toList();
        giveAddresses(running, services);
        List<ObjectNode> pods = inject(running, settings);
        List<EndpointSlice> written = typed(trees("EndpointSlice"), EndpointSlice.class);
        return new ObservedObjects(
                config,
                typed(pods, Pod.class),
                typed(services, Service.class),
                Stream.concat(written.stream(), DerivedEndpoints.of(services, pods, written).stream())
                        .toList(),
                new ObservedObjects.Smi(
                        trees("TrafficTarget"),
                        trees("HTTPRouteGroup"),
                        trees("TCPRoute"),
                        trees("TrafficSplit"),
                        refused),
                trees("IngressBackend"),
                trees("Egress"),
                trees("Retry"),
                trees("UpstreamTrafficSetting"));
    }

    /** The one by the mesh's name in the mesh's namespace; else the only one there is. */
    private Optional<JsonNode> meshConfig() {
        List<SourceObject> all = of("MeshConfig").toList();
        return all.stream()
                .filter(config -> config.name().equals(mesh.configName())
                        && config.namespace().equals(mesh.namespace()))
                .findFirst()
                .or(() -> all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty())
                .map(SourceObject::tree);
    }

    private Problem noMeshConfig() {
        return new Problem(
                ProblemCode.M4002,
                new ObjectRef("MeshConfig", mesh.namespace(), mesh.configName()),
                "",
                "There is no such object in the folder, so strict mode and the defaults of all settings hold.",
                "Add one if other settings are wanted.");
    }

    private void giveAddresses(List<Workloads.RunningPod> pods, List<ObjectNode> services) {
        pods.forEach(pod -> addresses.take(podAddress(pod.tree())));
        services.forEach(
                service -> addresses.take(service.path("spec").path("clusterIP").asText("")));
        for (Workloads.RunningPod pod : pods) {
            if (podAddress(pod.tree()).isEmpty()) {
                JsonNode metadata = pod.tree().path("metadata");
                pod.tree()
                        .withObjectProperty("status")
                        .put("podIP", addresses.pod(text(metadata, "namespace"), text(metadata, "name")));
            }
        }
        services.forEach(this::giveAddress);
    }

    private void giveAddress(ObjectNode service) {
        Defaults.targetPorts(service);
        ObjectNode spec = service.withObjectProperty("spec");
        if (text(spec, "clusterIP").isEmpty() && !text(spec, "type").equals("ExternalName")) {
            JsonNode metadata = service.path("metadata");
            spec.put("clusterIP", addresses.service(text(metadata, "namespace"), text(metadata, "name")));
        }
        if (!spec.has("clusterIPs") && Fields.ipv4(text(spec, "clusterIP"))) {
            spec.putArray("clusterIPs").add(text(spec, "clusterIP"));
        }
    }

    private List<ObjectNode> inject(List<Workloads.RunningPod> running, MeshSettings settings) {
        Sidecars sidecars = new Sidecars(mesh, settings);
        List<ObjectNode> pods = new ArrayList<>();
        for (Workloads.RunningPod pod : running) {
            JsonNode metadata = pod.tree().path("metadata");
            ObjectRef ref = new ObjectRef("Pod", text(metadata, "namespace"), text(metadata, "name"));
            origins.put(ref, new FolderState.Origin(pod.source(), pod.prefix()));
            Sidecars.Outcome outcome = sidecars.give(pod.tree(), membership.facts(ref.namespace()));
            problems.addAll(outcome.problems());
            outcome.pod().ifPresent(pods::add);
            if (!outcome.reason().isEmpty()) {
                withoutSidecar.put(ref.namespace() + "/" + ref.name(), outcome.reason());
            }
        }
        return pods;
    }

    private Stream<SourceObject> of(String kind) {
        return objects.stream().filter(object -> object.kind().equals(kind));
    }

    private Stream<SourceObject> ours() {
        return objects.stream().filter(object -> membership.belongs(object.namespace()));
    }

    private List<JsonNode> trees(String kind) {
        return ours().filter(object -> object.kind().equals(kind))
                .map(object -> (JsonNode) object.tree())
                .toList();
    }

    private static <T> List<T> typed(List<? extends JsonNode> trees, Class<T> type) {
        return trees.stream().map(tree -> BuiltInKinds.typed(tree, type)).toList();
    }

    private static String podAddress(JsonNode pod) {
        return text(pod.path("status"), "podIP");
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asText("");
    }
}
