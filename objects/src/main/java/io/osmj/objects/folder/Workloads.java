package io.osmj.objects.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The pods of a folder: those that are written, and those that a cluster's controllers would make. The pods of a workload are
 * called {@code <workload>-0}, {@code <workload>-1} and so on, because a name made by chance would change at every look.
 */
final class Workloads {
    /** On a pod or a pod template, ours: its address, or the addresses of the replicas in their order with commas between. */
    static final String ADDRESS = "openservicemesh.io/address";

    private static final Set<String> KINDS = Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet");
    private static final int MOST_REPLICAS = 1000;

    private Workloads() {}

    /**
     * A pod as it runs.
     *
     * @param tree with name, UID and status; its address only if it was given one
     * @param source the object it is written in
     * @param prefix of the pod's fields in that object; empty for a pod that is written itself
     */
    record RunningPod(ObjectNode tree, SourceObject source, String prefix) {}

    static Stream<RunningPod> pods(SourceObject object) {
        if (object.kind().equals("Pod")) {
            ObjectNode pod = object.tree().deepCopy();
            return Stream.of(new RunningPod(running(pod, 0), object, ""));
        }
        return KINDS.contains(object.kind()) ? replicas(object) : Stream.empty();
    }

    private static Stream<RunningPod> replicas(SourceObject workload) {
        JsonNode spec = workload.tree().path("spec");
        int count = workload.kind().equals("DaemonSet")
                ? 1
                : Math.min(spec.path("replicas").asInt(1), MOST_REPLICAS);
        List<RunningPod> pods = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            ObjectNode pod = spec.path("template") instanceof ObjectNode template
                    ? template.deepCopy()
                    : workload.tree().objectNode();
            pod.put("apiVersion", "v1").put("kind", "Pod");
            pod.withObjectProperty("metadata")
                    .put("namespace", workload.namespace())
                    .put("name", workload.name() + "-" + index);
            pods.add(new RunningPod(running(pod, index), workload, "spec.template."));
        }
        return pods.stream();
    }

    private static ObjectNode running(ObjectNode pod, int index) {
        ObjectNode metadata = pod.withObjectProperty("metadata");
        String name = metadata.path("namespace").asText() + "/"
                + metadata.path("name").asText();
        if (!metadata.has("uid")) {
            metadata.put(
                    "uid",
                    UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                            .toString());
        }
        Defaults.serviceAccount(pod);
        ObjectNode status = pod.withObjectProperty("status");
        if (!status.has("phase")) {
            status.put("phase", "Running");
        }
        List<String> given = Arrays.stream(
                        metadata.path("annotations").path(ADDRESS).asText("").split(","))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .toList();
        if (index < given.size()) {
            status.put("podIP", given.get(index));
        }
        return pod;
    }
}
