package io.osmj.injector.probe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.injector.pod.Container;
import io.osmj.injector.pod.Pod;
import java.util.ArrayList;
import java.util.List;

/** Replaces the probes of every container by probes of the sidecar, and takes that back. */
public final class ProbeRewriter {
    private final Pod pod;
    private final List<SidecarProbe> probes = new ArrayList<>();
    private final ObjectNode originals = JsonNodeFactory.instance.objectNode();
    private final List<Problem> warnings = new ArrayList<>();

    private ProbeRewriter(Pod pod) {
        this.pod = pod;
    }

    /** Changes the pod's own tree: every probe that comes over the network now asks the sidecar. */
    public static RewrittenProbes rewrite(Pod pod) {
        ProbeRewriter rewriter = new ProbeRewriter(pod);
        for (Container container : pod.allContainers()) {
            for (ProbeKind kind : ProbeKind.values()) {
                rewriter.rewrite(container, kind);
            }
        }
        return new RewrittenProbes(rewriter.probes, rewriter.originals, rewriter.warnings);
    }

    private void rewrite(Container container, ProbeKind kind) {
        if (!(container.tree().get(kind.field()) instanceof ObjectNode probe)) {
            return;
        }
        switch (ProbeReader.read(container, probe)) {
            case ProbeReader.Reading.Asks(ProbeTarget target) -> {
                probes.add(new SidecarProbe(kind, container.name(), target));
                originals.withObjectProperty(container.name()).set(kind.field(), probe.deepCopy());
                send(probe, container, kind);
            }
            case ProbeReader.Reading.NoPort(String port) -> warnings.add(noPort(container, kind, port));
            case ProbeReader.Reading.PassesBy() -> {}
        }
    }

    private static void send(ObjectNode probe, Container container, ProbeKind kind) {
        ObjectNode get = JsonNodeFactory.instance.objectNode();
        get.put("path", kind.path(container.name())).put("port", kind.port()).put("scheme", "HTTP");
        if (probe.path("httpGet").path("httpHeaders").isArray()) {
            get.set("httpHeaders", probe.path("httpGet").path("httpHeaders"));
        }
        probe.remove(List.of("tcpSocket", "grpc"));
        probe.set("httpGet", get);
    }

    private Problem noPort(Container container, ProbeKind kind, String port) {
        return new Problem(
                ProblemCode.M3006,
                pod.ref(),
                container.field() + "." + kind.field(),
                "The probe asks the port " + port + ", and the container " + container.name()
                        + " has none of that name.",
                "Name one of the container's ports, or give the number.");
    }
}
