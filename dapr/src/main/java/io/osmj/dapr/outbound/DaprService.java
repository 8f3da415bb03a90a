package io.osmj.dapr.outbound;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A Service of Dapr's control plane, as the cluster has it.
 *
 * @param name for example {@code dapr-api}
 * @param clusterIp its address; empty when it is headless, so that its pods are dialled directly
 * @param ports as published
 */
public record DaprService(String name, Optional<String> clusterIp, List<Port> ports) {
    /**
     * A port of a Service.
     *
     * @param name may be empty
     * @param number 1 to 65535
     */
    public record Port(String name, int number) {}

    public DaprService {
        ports = List.copyOf(ports);
    }

    /** The port daprd dials: the one that is called api, else 443, else the lowest. Others are peers' or legacy. */
    Optional<Integer> dialled() {
        return first("api")
                .or(() -> ports.stream()
                        .map(Port::number)
                        .filter(number -> number == 443)
                        .findFirst())
                .or(() -> ports.stream().map(Port::number).min(Comparator.naturalOrder()));
    }

    private Optional<Integer> first(String portName) {
        return ports.stream()
                .filter(port -> port.name().equals(portName))
                .map(Port::number)
                .findFirst();
    }
}
