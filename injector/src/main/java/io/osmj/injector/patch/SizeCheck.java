package io.osmj.injector.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.injector.pod.Container;
import io.osmj.injector.pod.Pod;
import io.osmj.injector.pod.SidecarParts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Whether what was put into a pod fits: limits of the kernel and of the API server, told before they are met. */
public final class SizeCheck {
    /** Linux passes no longer argument to a program (MAX_ARG_STRLEN, with the byte that ends it). */
    private static final int LONGEST_ARGUMENT = 128 * 1024 - 1;

    /** The API server allows this much for keys and values together. */
    private static final int ALL_ANNOTATIONS = 256 * 1024;

    private SizeCheck() {}

    /** What is too large in the patched pod. */
    public static List<Problem> problems(ObjectNode patched, Pod pod) {
        List<Problem> problems = new ArrayList<>();
        int bootstrap = 0;
        for (Container container : new Pod(patched, pod.namespace()).allContainers()) {
            if (container.name().equals(SidecarParts.SIDECAR)) {
                bootstrap = bytes(container.tree().path("args").path(1).asText());
            }
        }
        if (bootstrap > LONGEST_ARGUMENT) {
            problems.add(problem(
                    pod,
                    "spec.containers",
                    "The sidecar's bootstrap has " + bootstrap + " bytes and a program takes " + LONGEST_ARGUMENT + ".",
                    "Give the pod fewer probes, or the mesh fewer root certificates."));
        }
        int annotations = annotations(patched);
        if (annotations > ALL_ANNOTATIONS) {
            problems.add(problem(
                    pod,
                    "metadata.annotations",
                    "With the interception rules the annotations have " + annotations + " bytes and " + ALL_ANNOTATIONS
                            + " are allowed.",
                    "Write fewer and larger ranges into the exclusion lists."));
        }
        return problems;
    }

    private static int annotations(ObjectNode patched) {
        JsonNode annotations = patched.path("metadata").path("annotations");
        return annotations.properties().stream()
                .mapToInt(
                        entry -> bytes(entry.getKey()) + bytes(entry.getValue().asText()))
                .sum();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Problem problem(Pod pod, String field, String message, String remedy) {
        return new Problem(ProblemCode.M3008, pod.ref(), field, message, remedy);
    }
}
