package io.osmj.controlplane.watch;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.osmj.core.names.Labels;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.state.ClusterState;
import io.osmj.objects.read.Fields;
import io.osmj.objects.read.Mesh;
import io.osmj.objects.read.ObservedObjects;
import io.osmj.objects.read.StateReader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The state as the API server tells it. Objects outside the mesh's namespaces are seen but are no part of it. */
public final class KubernetesSource implements StateSource, MeshNamespaces {
    private static final ObjectMapper TREES = new ObjectMapper();

    private final Mesh mesh;
    private final EventCounter counter;
    private final Feed<Namespace> namespaces;
    private final Feed<Pod> pods;
    private final Feed<Service> services;
    private final Feed<EndpointSlice> endpointSlices;
    private final Map<CustomKind, Feed<GenericKubernetesResource>> custom = new EnumMap<>(CustomKind.class);

    /** Connects the parts; nothing is asked of the API server yet. */
    public KubernetesSource(KubernetesClient client, Mesh mesh, EventCounter counter) {
        this.mesh = mesh;
        this.counter = counter;
        this.namespaces =
                new Feed<>("Namespace", false, () -> client.namespaces().runnableInformer(0), Kept::of);
        this.pods =
                new Feed<>("Pod", false, () -> client.pods().inAnyNamespace().runnableInformer(0), Kept::of);
        this.services = new Feed<>(
                "Service", false, () -> client.services().inAnyNamespace().runnableInformer(0), Kept::of);
        this.endpointSlices = new Feed<>(
                "EndpointSlice",
                false,
                () -> client.discovery().v1().endpointSlices().inAnyNamespace().runnableInformer(0),
                Kept::of);
        for (CustomKind kind : CustomKind.values()) {
            custom.put(kind, feed(client, kind));
        }
    }

    private Feed<GenericKubernetesResource> feed(KubernetesClient client, CustomKind kind) {
        var objects = client.genericKubernetesResources(kind.context());
        Supplier<SharedIndexInformer<GenericKubernetesResource>> informers = kind == CustomKind.MESH_CONFIG
                ? () -> objects.inNamespace(mesh.namespace())
                        .withName(mesh.configName())
                        .runnableInformer(0)
                : () -> objects.inAnyNamespace().runnableInformer(0);
        return new Feed<>(kind.kind(), true, informers, Kept::of);
    }

    @Override
    public void start(Runnable changed) {
        namespaces.start(_ -> true, changed, counter);
        pods.start(this::concerns, changed, counter);
        services.start(this::concerns, changed, counter);
        endpointSlices.start(this::concerns, changed, counter);
        custom.forEach((kind, feed) ->
                feed.start(kind == CustomKind.MESH_CONFIG ? _ -> true : this::concerns, changed, counter));
    }

    @Override
    public Optional<Outcome<ClusterState>> snapshot() {
        return synced() ? Optional.of(read()) : Optional.empty();
    }

    /** Whether every kind was read once or is known to be missing. */
    public boolean synced() {
        return feeds().allMatch(Feed::ready);
    }

    /** Kinds that cannot be listed and watched right now with the reason, sorted; empty when all is well. */
    public List<String> troubles() {
        return feeds().filter(feed -> !feed.trouble().isEmpty())
                .map(feed -> feed.kind() + ": " + feed.trouble())
                .sorted()
                .toList();
    }

    /** Lists and watches everything anew; what is known holds until then. */
    void renew() {
        feeds().forEach(Feed::renew);
    }

    /** Kinds that are not watched right now though nothing is known to be wrong with them. */
    List<String> silentKinds() {
        return feeds().filter(feed -> !feed.watching() && feed.trouble().isEmpty())
                .map(Feed::kind)
                .toList();
    }

    /** The objects of the mesh's own kinds that are read, as they were last seen. */
    public List<GenericKubernetesResource> customObjects() {
        SortedSet<String> names = meshNamespaces();
        return custom.entrySet().stream()
                .flatMap(entry -> entry.getValue().objects().stream()
                        .filter(object -> entry.getKey() == CustomKind.MESH_CONFIG
                                || names.contains(object.getMetadata().getNamespace())))
                .toList();
    }

    /** A namespace as it was last seen, whether it belongs to the mesh or not. */
    public Optional<Namespace> namespace(String name) {
        return namespaces.find(name);
    }

    @Override
    public Optional<SortedSet<String>> names() {
        return namespaces.ready() ? Optional.of(meshNamespaces()) : Optional.empty();
    }

    @Override
    public void close() {
        feeds().forEach(Feed::close);
    }

    Stream<Feed<? extends HasMetadata>> feeds() {
        return Stream.concat(Stream.of(namespaces, pods, services, endpointSlices), custom.values().stream());
    }

    private Feed<GenericKubernetesResource> custom(CustomKind kind) {
        return Objects.requireNonNull(custom.get(kind));
    }

    private SortedSet<String> meshNamespaces() {
        return namespaces.objects().stream()
                .filter(this::isOfMesh)
                .map(namespace -> namespace.getMetadata().getName())
                .collect(toCollection(TreeSet::new));
    }

    private boolean isOfMesh(Namespace namespace) {
        return mesh.name()
                .equals(Fields.map(namespace.getMetadata().getLabels()).get(Labels.MONITORED_BY));
    }

    /** A cheap question that is asked for every event of the whole cluster. */
    private boolean concerns(String namespace) {
        return namespaces.find(namespace).map(this::isOfMesh).orElse(false);
    }

    private Outcome<ClusterState> read() {
        SortedSet<String> names = meshNamespaces();
        Predicate<HasMetadata> ours =
                object -> names.contains(object.getMetadata().getNamespace());
        Outcome<ClusterState> read = StateReader.read(
                mesh.trustDomain(),
                new ObservedObjects(
                        trees(CustomKind.MESH_CONFIG, _ -> true).stream().findFirst(),
                        pods.objects().stream().filter(ours).toList(),
                        services.objects().stream().filter(ours).toList(),
                        endpointSlices.objects().stream().filter(ours).toList(),
                        new ObservedObjects.Smi(
                                trees(CustomKind.TRAFFIC_TARGET, ours),
                                trees(CustomKind.HTTP_ROUTE_GROUP, ours),
                                trees(CustomKind.TCP_ROUTE, ours))));
        List<Problem> problems = new ArrayList<>(read.problems());
        custom.forEach((kind, feed) -> {
            if (feed.missing()) {
                problems.add(missing(kind));
            }
        });
        if (custom(CustomKind.MESH_CONFIG).objects().isEmpty()) {
            problems.add(noMeshConfig());
        }
        return new Outcome<>(read.value(), problems);
    }

    private Problem noMeshConfig() {
        return new Problem(
                ProblemCode.M4002,
                new ObjectRef(CustomKind.MESH_CONFIG.kind(), mesh.namespace(), mesh.configName()),
                "",
                "There is no such object, so strict mode and the defaults of all settings hold.",
                "Create it; the installation does.");
    }

    private List<JsonNode> trees(CustomKind kind, Predicate<HasMetadata> wanted) {
        return custom(kind).objects().stream()
                .filter(wanted)
                .map(object -> TREES.<JsonNode>valueToTree(object))
                .toList();
    }

    private static Problem missing(CustomKind kind) {
        return new Problem(
                ProblemCode.M4001,
                new ObjectRef("CustomResourceDefinition", "", kind.definition()),
                "",
                "The cluster does not know " + kind.kind() + ", so the mesh runs as if there were none.",
                "Install the mesh's custom resource definitions; they are picked up while the mesh runs.");
    }
}
