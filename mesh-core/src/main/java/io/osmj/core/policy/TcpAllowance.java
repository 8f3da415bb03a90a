package io.osmj.core.policy;

import java.util.List;

/** Which ports a rule opens at the level of connections. */
public sealed interface TcpAllowance {

    /** Whether it opens this port of the destination. */
    default boolean opens(int port) {
        return switch (this) {
            case AnyPort _ -> true;
            case Ports(List<Integer> ports) -> ports.contains(port);
            case Nothing _ -> false;
        };
    }

    /** Every port of the destination. OSM gives this to a target that has no TCP route. */
    record AnyPort() implements TcpAllowance {}

    /**
     * These ports of the destination pod only.
     *
     * @param ports target ports, 1 to 65535
     */
    record Ports(List<Integer> ports) implements TcpAllowance {
        public Ports {
            ports = ports.stream().sorted().distinct().toList();
        }
    }

    /** No port: what the rule named could not be found. */
    record Nothing() implements TcpAllowance {}
}
