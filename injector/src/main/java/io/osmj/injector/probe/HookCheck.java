package io.osmj.injector.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.names.Annotations;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.injector.pod.Container;
import io.osmj.injector.pod.Pod;
import java.util.ArrayList;
import java.util.List;

/**
 * Hooks of the kubelet that come over the network. Unlike probes they are not sent through the sidecar: one runs while the
 * container is still starting, the other while the pod goes down. So their owner is told that they will be refused.
 */
public final class HookCheck {
    private HookCheck() {}

    /** Hooks that meet the sidecar, because their ports are not among those that pass it by. */
    public static List<Problem> warnings(Pod pod, List<Integer> passing) {
        List<Problem> warnings = new ArrayList<>();
        for (Container container : pod.allContainers()) {
            for (String hook : List.of("postStart", "preStop")) {
                JsonNode handler = container.tree().path("lifecycle").path(hook);
                JsonNode asked = handler.path(handler.has("httpGet") ? "httpGet" : "tcpSocket");
                boolean ownPod = asked.isObject() && asked.path("host").asText().isEmpty();
                if (ownPod
                        && !passing.contains(container.port(asked.path("port")).orElse(0))) {
                    warnings.add(
                            warning(pod, container, hook, asked.path("port").asText()));
                }
            }
        }
        return warnings;
    }

    private static Problem warning(Pod pod, Container container, String hook, String port) {
        return new Problem(
                ProblemCode.M3006,
                pod.ref(),
                container.field() + ".lifecycle." + hook,
                "The kubelet calls the port " + port + " of the container " + container.name()
                        + " without a certificate of the mesh, so the sidecar will refuse the hook.",
                "Use an exec hook, or name the port in the annotation " + Annotations.INBOUND_PORT_EXCLUSIONS + ".");
    }
}
