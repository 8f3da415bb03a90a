package io.osmj.smi.read;

import io.osmj.core.problem.ObjectRef;
import java.util.List;

/**
 * A TCPRoute of {@code specs.smi-spec.io/v1alpha4}.
 *
 * @param ref the object
 * @param ports target ports; none means every port
 */
public record TcpRoute(ObjectRef ref, List<Integer> ports) {
    public TcpRoute {
        ports = ports.stream().sorted().distinct().toList();
    }
}
