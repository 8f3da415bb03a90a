package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What one stream asks of the source, within its limits. */
final class Demands {
    private final StreamLimits.Demand limits;
    private final TokenBucket rate;
    private final Set<Name> asked = new HashSet<>();
    private final Set<Name> late = new LinkedHashSet<>();
    private final Deque<Demand> outbox = new ArrayDeque<>();
    private long tickets;

    private record Name(ResourceType type, String name) {}

    Demands(StreamLimits.Demand limits) {
        this.limits = limits;
        this.rate = new TokenBucket(limits.burst(), limits.perSecond());
    }

    /** Asks for what is absent. Gives the demand that was made of it; empty if the limits allow none of it now. */
    Optional<Demand> ask(ResourceType type, Absent absent, long now) {
        NavigableSet<String> granted = new TreeSet<>(absent.claimed());
        granted.removeIf(name -> !counted(new Name(type, name)));
        for (String name : absent.fresh()) {
            Name full = new Name(type, name);
            if (counted(full) && !late.contains(full)) {
                boolean mayAsk = rate.take(now);
                boolean _ = mayAsk ? granted.add(name) : late.add(full);
            }
        }
        return granted.isEmpty() ? Optional.empty() : Optional.of(demand(type, granted));
    }

    /**
     * Asks for what the client asked for and the set has no longer: as it was there the source was not asked for it, and
     * knows nothing of the client's interest. Only once for each name.
     */
    Optional<Demand> keep(ResourceType type, NavigableSet<String> leaving) {
        NavigableSet<String> unasked = new TreeSet<>(leaving);
        unasked.removeIf(name -> asked.contains(new Name(type, name)) || !counted(new Name(type, name)));
        return unasked.isEmpty() ? Optional.empty() : Optional.of(demand(type, unasked));
    }

    private boolean counted(Name name) {
        return asked.contains(name) || (asked.size() < limits.names() && asked.add(name));
    }

    private Demand demand(ResourceType type, NavigableSet<String> names) {
        Demand demand = new Demand(++tickets, type, names);
        outbox.add(demand);
        return demand;
    }

    /** All that is to be asked now; it is given once. */
    List<Demand> take(long now) {
        Map<ResourceType, NavigableSet<String>> due = new HashMap<>();
        for (var names = late.iterator(); names.hasNext() && rate.take(now); names.remove()) {
            Name next = names.next();
            due.computeIfAbsent(next.type(), _ -> new TreeSet<>()).add(next.name());
        }
        due.forEach(this::demand);
        List<Demand> taken = new ArrayList<>(outbox);
        outbox.clear();
        return taken;
    }

    /** Nanoseconds until {@link #take} gives something although nothing has come in; {@link Long#MAX_VALUE} if never. */
    long delay(long now) {
        return late.isEmpty() ? Long.MAX_VALUE : rate.delay(now);
    }
}
