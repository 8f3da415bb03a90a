package io.osmj.injector.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.core.names.Annotations;
import io.osmj.core.problem.Problem;
import io.osmj.injector.pod.Pod;
import io.osmj.injector.pod.SidecarParts;
import io.osmj.injector.probe.ProbeRestorer;
import java.util.List;

/**
 * What an earlier injection has put into a pod, taken out again, so that every injection begins at the pod as its owner
 * and the other webhooks want it.
 *
 * @param initContainer our container as it was; missing when there was none
 * @param sidecar the same of the sidecar
 * @param lost what could not be undone
 */
record EarlierInjection(JsonNode initContainer, JsonNode sidecar, List<Problem> lost) {
    private static final List<String> LISTS = List.of("initContainers", "containers");

    /** Changes the pod's own tree. */
    static EarlierInjection takeOut(Pod pod) {
        if (!SidecarParts.injected(pod)) {
            return new EarlierInjection(MissingNode.getInstance(), MissingNode.getInstance(), List.of());
        }
        List<Problem> lost = ProbeRestorer.restore(pod);
        if (pod.tree().path("metadata").path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(Annotations.ORIGINAL_PROBES);
        }
        EarlierInjection earlier =
                new EarlierInjection(find(pod, SidecarParts.INIT_CONTAINER), find(pod, SidecarParts.SIDECAR), lost);
        if (pod.spec() instanceof ObjectNode spec) {
            LISTS.forEach(list -> without(spec, list, SidecarParts.CONTAINERS));
            without(spec, "volumes", SidecarParts.VOLUMES);
        }
        return earlier;
    }

    private static JsonNode find(Pod pod, String name) {
        return pod.allContainers().stream()
                .filter(container -> container.name().equals(name))
                .map(container -> (JsonNode) container.tree())
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    private static void without(ObjectNode spec, String list, List<String> names) {
        if (!(spec.path(list) instanceof ArrayNode items)) {
            return;
        }
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : items) {
            if (!names.contains(item.path("name").asText())) {
                kept.add(item);
            }
        }
        spec.set(list, kept);
    }
}
