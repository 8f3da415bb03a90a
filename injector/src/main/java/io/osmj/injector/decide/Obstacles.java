package io.osmj.injector.decide;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.names.Ports;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.injector.pod.Container;
import io.osmj.injector.pod.Pod;
import io.osmj.injector.pod.SidecarParts;
import java.util.ArrayList;
import java.util.List;

/** What in a pod would break its sidecar, or let its traffic pass the sidecar by without a word. */
final class Obstacles {
    private final Pod pod;
    private final boolean injected;
    private final List<Problem> found = new ArrayList<>();

    private Obstacles(Pod pod) {
        this.pod = pod;
        this.injected = SidecarParts.injected(pod);
    }

    static List<Problem> of(Pod pod) {
        return new Obstacles(pod).look();
    }

    private List<Problem> look() {
        windows();
        user(pod.spec(), "spec", "the containers of the pod");
        for (Container container : pod.allContainers()) {
            if (injected && SidecarParts.CONTAINERS.contains(container.name())) {
                continue;
            }
            user(container.tree(), container.field(), "the container " + container.name());
            name(container);
            ports(container);
        }
        return found;
    }

    private void windows() {
        JsonNode spec = pod.spec();
        boolean asked = spec.path("os").path("name").asText().equals("windows")
                || spec.path("nodeSelector").path("kubernetes.io/os").asText().equals("windows");
        if (asked) {
            found.add(new Problem(
                    ProblemCode.M3004,
                    pod.ref(),
                    "spec",
                    "The sidecar runs on Linux only, and this pod is for Windows.",
                    "Annotate the pod template with openservicemesh.io/sidecar-injection: disabled."));
        }
    }

    /** Rules tell the sidecar's own connections by its user id; an application with that id would not be intercepted. */
    private void user(JsonNode holder, String field, String who) {
        if (holder.path("securityContext").path("runAsUser").asInt(-1) == SidecarParts.USER) {
            found.add(new Problem(
                    ProblemCode.M3005,
                    pod.ref(),
                    field + ".securityContext.runAsUser",
                    "The user id " + SidecarParts.USER + " is the sidecar's, and " + who + " would run under it.",
                    "Choose another user id."));
        }
    }

    private void name(Container container) {
        if (SidecarParts.CONTAINERS.contains(container.name())) {
            found.add(new Problem(
                    ProblemCode.M3005,
                    pod.ref(),
                    container.field() + ".name",
                    "The container name " + container.name() + " is needed for the mesh's own container.",
                    "Give the container another name."));
        }
    }

    private void ports(Container container) {
        JsonNode ports = container.tree().path("ports");
        for (int index = 0; index < ports.size(); index++) {
            int port = ports.get(index).path("containerPort").asInt();
            if (Ports.RESERVED.contains(port)) {
                found.add(new Problem(
                        ProblemCode.M3005,
                        pod.ref(),
                        container.field() + ".ports[" + index + "].containerPort",
                        "The port " + port + " is the sidecar's.",
                        "Let the container " + container.name() + " listen on another port."));
            }
        }
    }
}
