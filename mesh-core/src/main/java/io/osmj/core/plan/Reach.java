package io.osmj.core.plan;

import io.osmj.core.intercept.Cidr;
import java.util.List;

/**
 * What the outbound listener of a proxy knows beforehand. It says which addresses may be of the mesh; what stands behind one of
 * them is asked for when it is dialled. It depends on no single service, so it hardly ever changes.
 *
 * @param ranges addresses in one of these may be of the mesh and are looked up by {@code ip:port} at first contact, sorted;
 *     a range may hold addresses that are not of the mesh
 * @param httpPorts ports that speak HTTP wherever the mesh has them, sorted; every other is carried as TCP until its
 *     destination is known
 * @param egress whether addresses outside the ranges are reached as they are; otherwise connections to them are closed
 * @param exits what this workload may reach there all the same, sorted by port; none while egress is open
 */
public record Reach(List<Cidr> ranges, List<Integer> httpPorts, boolean egress, List<Exit> exits) {
    public Reach {
        exits = exits.stream().sorted().toList();
        ranges = ranges.stream().sorted().distinct().toList();
        httpPorts = httpPorts.stream().sorted().distinct().toList();
    }

    /** The reach of every workload that no rule lets out. */
    public Reach(List<Cidr> ranges, List<Integer> httpPorts, boolean egress) {
        this(ranges, httpPorts, egress, List.of());
    }

    /** Whether any address outside is reached as it is. */
    public boolean passes() {
        return egress || exits.stream().anyMatch(exit -> !exit.ranges().isEmpty());
    }

    /** The exits that lead to hosts. */
    public List<Exit> byName() {
        return exits.stream().filter(Exit::byName).toList();
    }
}
