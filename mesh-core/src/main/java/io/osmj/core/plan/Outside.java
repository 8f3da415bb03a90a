package io.osmj.core.plan;

import io.osmj.core.plan.Destination.Access;
import io.osmj.core.plan.Destination.ByName;
import io.osmj.core.plan.Destination.Carriage;
import io.osmj.core.plan.Destination.Passthrough;
import io.osmj.core.service.DialledAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Destinations that are not of the mesh. Equal ones are one instance, as those of the mesh are. The mesh's are as many as it has
 * addresses; of these there may be as many as a proxy cares to ask for, so what no proxy has any more is to be forgotten.
 */
final class Outside {
    static final Access PASSTHROUGH = new Passthrough();
    static final Access BY_NAME = new ByName();

    private static final int SPARE = 1_024;

    /** By the destination itself; what it is made of costs little to compare. */
    private final Map<Destination, Destination> known = new HashMap<>();

    private int kept;

    Destination at(DialledAddress address, boolean http, String label, Access access) {
        Destination destination = new Destination(
                address.address(), address.port(), http ? Carriage.HTTP : Carriage.TCP, label, "", access);
        Destination same = known.putIfAbsent(destination, destination);
        return same == null ? destination : same;
    }

    boolean full() {
        return known.size() > 2 * kept + SPARE;
    }

    void keep(Set<Destination> inUse) {
        known.keySet().removeIf(destination -> !inUse.contains(destination));
        kept = known.size();
    }
}
