package io.osmj.controlplane.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.osmj.config.read.MeshConfigReader;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.IngressRule;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.RetryRule;
import io.osmj.core.policy.SplitRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.StatePatch;
import io.osmj.objects.read.EndpointReader;
import io.osmj.objects.read.Mesh;
import io.osmj.objects.read.PodReader;
import io.osmj.objects.read.PolicyReading;
import io.osmj.objects.read.ServiceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads what was marked, and remembers what is wrong with the rest. Belongs to one thread. */
final class KubernetesReading {
    private static final ObjectMapper TREES = new ObjectMapper();

    private final Mesh mesh;
    private final Feeds feeds;
    private final SliceIndex slices;
    private final Predicate<String> ours;
    private final Judged judged = new Judged();
    private PolicyReading policies = new PolicyReading();
    private Outcome<MeshSettings> settings = Outcome.of(MeshSettings.WITHOUT_MESH_CONFIG);

    /** @param ours whether a namespace belongs to the mesh */
    KubernetesReading(Mesh mesh, Feeds feeds, SliceIndex slices, Predicate<String> ours) {
        this.mesh = mesh;
        this.feeds = feeds;
        this.slices = slices;
        this.ours = ours;
    }

    /** The versions of the mesh's own objects of which is said what is wrong. */
    Judged judged() {
        return judged;
    }

    Outcome<StatePatch> read(Marks.Marked marked) {
        if (marked.everything) {
            policies = new PolicyReading();
            judged.everything();
            markAll(marked);
        }
        boolean config = !marked.custom(CustomKind.MESH_CONFIG).isEmpty();
        if (config) {
            settings = settings();
        }
        StatePatch patch = new StatePatch(
                marked.everything,
                config ? Optional.of(settings.value()) : Optional.empty(),
                SingleReads.of("Pod", marked.pods, key -> found(feeds.pods, key).flatMap(PodReader::read)),
                SingleReads.of(
                        "Service",
                        marked.services,
                        key -> found(feeds.services, key).flatMap(ServiceReader::read)),
                SingleReads.of("EndpointSlices of Service", marked.endpoints, this::endpoints),
                rules(marked),
                splits(marked),
                ingress(marked),
                egress(marked),
                retries(marked),
                limits(marked));
        return new Outcome<>(patch, problems());
    }

    private void markAll(Marks.Marked marked) {
        marked.pods.addAll(keys(feeds.pods));
        marked.services.addAll(keys(feeds.services));
        for (EndpointSlice slice : feeds.endpointSlices.objects()) {
            slices.seen(slice);
            SliceIndex.service(slice).ifPresent(marked.endpoints::add);
        }
        for (CustomKind kind : CustomKind.values()) {
            marked.custom(kind).addAll(keys(feeds.custom(kind)));
        }
        marked.custom(CustomKind.MESH_CONFIG).add(new ObjectKey(mesh.namespace(), mesh.configName()));
    }

    private static <T extends HasMetadata> List<ObjectKey> keys(Feed<T> feed) {
        return feed.objects().stream()
                .map(object -> new ObjectKey(
                        object.getMetadata().getNamespace(),
                        object.getMetadata().getName()))
                .toList();
    }

    private <T extends HasMetadata> Optional<T> found(Feed<T> feed, ObjectKey key) {
        return ours.test(key.namespace()) ? feed.find(key.namespace() + "/" + key.name()) : Optional.empty();
    }

    private List<EndpointState> endpoints(ObjectKey service) {
        return ours.test(service.namespace())
                ? slices.of(service).stream()
                        .flatMap(key -> feeds.endpointSlices.find(key).stream())
                        .filter(slice -> SliceIndex.service(slice).equals(Optional.of(service)))
                        .flatMap(EndpointReader::read)
                        .toList()
                : List.of();
    }

    private Outcome<MeshSettings> settings() {
        Optional<GenericKubernetesResource> found =
                feeds.custom(CustomKind.MESH_CONFIG).find(mesh.namespace() + "/" + mesh.configName());
        judged.read(meshConfig(), found);
        return found.map(config -> MeshConfigReader.read(tree(config)))
                .orElseGet(() -> new Outcome<>(MeshSettings.WITHOUT_MESH_CONFIG, List.of(noMeshConfig())));
    }

    private ObjectRef meshConfig() {
        return new ObjectRef(CustomKind.MESH_CONFIG.kind(), mesh.namespace(), mesh.configName());
    }

    private Map<ObjectRef, Optional<AllowRule>> rules(Marks.Marked marked) {
        read(marked, CustomKind.HTTP_ROUTE_GROUP, policies::routeGroup);
        read(marked, CustomKind.TCP_ROUTE, policies::tcpRoute);
        read(marked, CustomKind.TRAFFIC_TARGET, policies::target);
        return policies.takeChanges();
    }

    private Map<ObjectRef, Optional<SplitRule>> splits(Marks.Marked marked) {
        read(marked, CustomKind.TRAFFIC_SPLIT, policies::split);
        return policies.takeSplits();
    }

    private Map<ObjectRef, Optional<IngressRule>> ingress(Marks.Marked marked) {
        read(marked, CustomKind.INGRESS_BACKEND, policies::ingressBackend);
        return policies.takeIngress();
    }

    private Map<ObjectRef, Optional<EgressRule>> egress(Marks.Marked marked) {
        read(marked, CustomKind.EGRESS, policies::egress);
        return policies.takeEgress();
    }

    private Map<ObjectRef, Optional<RetryRule>> retries(Marks.Marked marked) {
        read(marked, CustomKind.RETRY, policies::retry);
        return policies.takeRetries();
    }

    private Map<ObjectRef, Optional<LimitRule>> limits(Marks.Marked marked) {
        read(marked, CustomKind.UPSTREAM_TRAFFIC_SETTING, policies::trafficSetting);
        return policies.takeLimits();
    }

    private interface Reader {
        void read(ObjectRef ref, Optional<JsonNode> object);
    }

    private void read(Marks.Marked marked, CustomKind kind, Reader reader) {
        SingleReads.of(kind.kind(), marked.custom(kind), key -> {
            ObjectRef ref = new ObjectRef(kind.kind(), key.namespace(), key.name());
            Optional<GenericKubernetesResource> object = found(feeds.custom(kind), key);
            reader.read(ref, object.map(KubernetesReading::tree));
            judged.read(ref, object);
            return ref;
        });
    }

    private static JsonNode tree(GenericKubernetesResource object) {
        return TREES.valueToTree(object);
    }

    private List<Problem> problems() {
        List<Problem> problems = new ArrayList<>(policies.problems());
        problems.addAll(settings.problems());
        Stream.of(CustomKind.values())
                .filter(kind -> feeds.custom(kind).missing())
                .map(KubernetesReading::missing)
                .forEach(problems::add);
        return problems;
    }

    private Problem noMeshConfig() {
        return new Problem(
                ProblemCode.M4002,
                meshConfig(),
                "",
                "There is no such object, so strict mode and the defaults of all settings hold.",
                "Create it; the installation does.");
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
