package io.osmj.injector.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.core.names.Annotations;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.injector.pod.Container;
import io.osmj.injector.pod.Pod;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts back the probes that an earlier injection has replaced. Only probes that are still ours are touched: what another
 * webhook has set since is the newer word.
 */
public final class ProbeRestorer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProbeRestorer() {}

    /** Changes the pod's own tree; returns what could not be put back. */
    public static List<Problem> restore(Pod pod) {
        JsonNode originals = pod.annotation(Annotations.ORIGINAL_PROBES)
                .map(ProbeRestorer::parse)
                .orElseGet(MissingNode::getInstance);
        List<Problem> lost = new ArrayList<>();
        for (Container container : pod.allContainers()) {
            for (ProbeKind kind : ProbeKind.values()) {
                if (!ours(container, kind)) {
                    continue;
                }
                JsonNode original = originals.path(container.name()).path(kind.field());
                if (original instanceof ObjectNode probe) {
                    container.tree().set(kind.field(), probe.deepCopy());
                } else {
                    container.tree().remove(kind.field());
                    lost.add(lost(pod, container, kind));
                }
            }
        }
        return lost;
    }

    private static boolean ours(Container container, ProbeKind kind) {
        JsonNode get = container.tree().path(kind.field()).path("httpGet");
        return get.path("port").asInt() == kind.port()
                && get.path("path").asText().equals(kind.path(container.name()));
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notOurs) {
            return MissingNode.getInstance();
        }
    }

    private static Problem lost(Pod pod, Container container, ProbeKind kind) {
        return new Problem(
                ProblemCode.M3006,
                pod.ref(),
                container.field() + "." + kind.field(),
                "The pod is a copy of a meshed one without its annotation " + Annotations.ORIGINAL_PROBES
                        + ", so what this probe asked for is not known any more; it is left out.",
                "Copy the annotations too, or set the probe anew.");
    }
}
