package io.osmj.core.intercept;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the sidecar of one pod is given and what passes it by. Read when the pod is created and fixed from then on.
 *
 * @param outboundPorts destination ports that are never taken, 1 to 65535
 * @param inboundPorts ports of the pod that are never taken, 1 to 65535
 * @param outboundExclusions destination ranges that are never taken
 * @param outboundInclusions when not empty, only these destination ranges are taken; exclusions still win
 * @param interfaces network interfaces whose traffic is never taken
 */
public record Interception(
        List<Integer> outboundPorts,
        List<Integer> inboundPorts,
        List<Cidr> outboundExclusions,
        List<Cidr> outboundInclusions,
        List<String> interfaces) {

    /** Everything is taken. */
    public static final Interception EVERYTHING =
            new Interception(List.of(), List.of(), List.of(), List.of(), List.of());

    public Interception {
        outboundPorts = sorted(outboundPorts);
        inboundPorts = sorted(inboundPorts);
        outboundExclusions = sorted(outboundExclusions);
        outboundInclusions = sorted(outboundInclusions);
        interfaces = sorted(interfaces);
    }

    /** Both lists together; a pod adds to the mesh's lists and can take nothing away from them (OSM's rule). */
    public Interception union(Interception other) {
        return new Interception(
                joined(outboundPorts, other.outboundPorts),
                joined(inboundPorts, other.inboundPorts),
                joined(outboundExclusions, other.outboundExclusions),
                joined(outboundInclusions, other.outboundInclusions),
                joined(interfaces, other.interfaces));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static <T extends Comparable<T>> List<T> sorted(Collection<T> values) {
        return values.stream().sorted().distinct().toList();
    }
}
