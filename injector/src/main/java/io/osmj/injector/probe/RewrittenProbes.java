package io.osmj.injector.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.core.problem.Problem;
import java.util.List;

/**
 * What came of sending a pod's probes through its sidecar.
 *
 * @param probes what the sidecar has to answer, in the order of the containers
 * @param originals the probes that were replaced: container name, then field, then probe
 * @param warnings probes that stay as they are although they will fail
 */
public record RewrittenProbes(List<SidecarProbe> probes, ObjectNode originals, List<Problem> warnings) {
    public RewrittenProbes {
        probes = List.copyOf(probes);
        warnings = List.copyOf(warnings);
    }
}
