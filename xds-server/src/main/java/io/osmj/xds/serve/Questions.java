package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.Consumer;

/** What the source is asked, each question under a ticket, until it is answered. */
final class Questions {
    private final Deque<Demand> outbox = new ArrayDeque<>();
    private final Deque<Demand> unanswered = new ArrayDeque<>();
    private long tickets;

    Demand ask(ResourceType type, NavigableSet<String> names) {
        Demand demand = new Demand(++tickets, type, names);
        outbox.add(demand);
        unanswered.add(demand);
        return demand;
    }

    /** All that is to be asked now; it is given once. */
    List<Demand> take() {
        List<Demand> taken = new ArrayList<>(outbox);
        outbox.clear();
        return taken;
    }

    /** All up to this ticket is answered. */
    void answered(long ticket, Consumer<AskedName> answered) {
        while (!unanswered.isEmpty() && unanswered.getFirst().ticket() <= ticket) {
            Demand demand = unanswered.removeFirst();
            demand.names().forEach(name -> answered.accept(new AskedName(demand.type(), name)));
        }
    }
}
