package io.osmj.integration.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.osmj.core.compile.MeshIndex;
import io.osmj.core.compile.MeshModel;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.plan.Planner;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.state.ClusterState;
import io.osmj.objects.read.ObservedObjects;
import io.osmj.objects.read.StateReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One folder of objects and all that the pure steps make of them.
 *
 * @param folder has {@code in.yaml}
 */
record PipelineCase(Path folder) {
    private static final Path ROOT = Path.of("src/test/resources/golden");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

    /**
     * What came out of the steps.
     *
     * @param model what the mesh decided
     * @param plans the plan of each meshed pod, by {@code namespace/name}
     * @param problems of all steps
     */
    record Result(MeshModel model, Map<String, ProxyPlan> plans, List<Problem> problems) {}

    static List<PipelineCase> all() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(PipelineCase::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Result result() {
        return result(objects());
    }

    /** The same from the same objects in another order. */
    Result shuffled(long seed) {
        List<JsonNode> objects = new ArrayList<>(objects());
        Collections.shuffle(objects, new Random(seed));
        return result(objects);
    }

    private Result result(List<JsonNode> objects) {
        Outcome<ClusterState> state = StateReader.read(TrustDomain.CLUSTER_LOCAL, observed(objects));
        MeshIndex mesh = MeshIndex.of(state.value());
        List<Problem> problems = new ArrayList<>(state.problems());
        problems.addAll(mesh.problems());
        Planner planner = new Planner(mesh);
        Map<String, ProxyPlan> plans = new TreeMap<>();
        // Every proxy asks for every address, so that each answer can be seen.
        mesh.model()
                .pods()
                .forEach((uid, pod) -> planner.plan(uid, mesh.addresses().all())
                        .ifPresent(plan -> plans.put(pod.namespace() + "." + pod.name(), plan)));
        return new Result(mesh.model(), plans, new Outcome<>(plans, problems).problems());
    }

    private static ObservedObjects observed(List<JsonNode> objects) {
        return new ObservedObjects(
                of(objects, "MeshConfig").stream().findFirst(),
                typed(objects, "Pod", Pod.class),
                typed(objects, "Service", Service.class),
                typed(objects, "EndpointSlice", EndpointSlice.class),
                new ObservedObjects.Smi(
                        of(objects, "TrafficTarget"),
                        of(objects, "HTTPRouteGroup"),
                        of(objects, "TCPRoute"),
                        of(objects, "TrafficSplit")),
                of(objects, "IngressBackend"),
                of(objects, "Egress"),
                of(objects, "Retry"),
                of(objects, "UpstreamTrafficSetting"));
    }

    private static List<JsonNode> of(List<JsonNode> objects, String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    private static <T> List<T> typed(List<JsonNode> objects, String kind, Class<T> type) {
        return of(objects, kind).stream()
                .map(object -> KUBERNETES.convertValue(object, type))
                .toList();
    }

    private List<JsonNode> objects() {
        try {
            String text = Files.readString(folder.resolve("in.yaml"));
            List<JsonNode> objects = new ArrayList<>();
            for (String document : text.split("(?m)^---$", -1)) {
                objects.add(JSON.valueToTree(KUBERNETES.unmarshal(document, Map.class)));
            }
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
