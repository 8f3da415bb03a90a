package io.osmj.core.state;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import java.util.Comparator;
import java.util.List;

/**
 * A Kubernetes service of a namespace of the mesh.
 *
 * @param namespace its namespace
 * @param name its name
 * @param clusterIps IPv4 cluster addresses; empty for a headless service
 * @param ports its TCP ports
 */
public record ServiceState(String namespace, String name, List<String> clusterIps, List<Port> ports)
        implements Comparable<ServiceState> {
    private static final Comparator<ServiceState> ORDER =
            comparing(ServiceState::namespace).thenComparing(ServiceState::name);

    public ServiceState {
        clusterIps = clusterIps.stream().sorted().toList();
        ports = ports.stream().sorted(comparingInt(Port::number)).toList();
    }

    /**
     * One TCP port of the service.
     *
     * @param name empty where the service has one port only
     * @param number 1 to 65535
     * @param appProtocol as written; empty when not given
     */
    public record Port(String name, int number, String appProtocol) {}

    @Override
    public int compareTo(ServiceState other) {
        return ORDER.compare(this, other);
    }
}
