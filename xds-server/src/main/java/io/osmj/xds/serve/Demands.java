package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one stream asks of the source, within its limits.
 *
 * <p>An Envoy that comes back lists every name that it ever asked for, most of them of pods that are gone. So these do not
 * wait for the rate, and what the source does not know takes up no room; and whatever waits, what is dialled now goes first.
 * It never says that it needs a name no longer, so when there are too many, those are forgotten that nothing is known of and
 * that were asked for longest ago.
 */
final class Demands {
    /** One part of so many of the burst is left for what is dialled now. */
    private static final int RESERVE = 10;

    private final TokenBucket rate;
    private final int reserve;
    private final Asker client;
    private final Room room;
    private final Questions questions = new Questions();

    Demands(StreamLimits.Demand limits, Asker client) {
        this.rate = new TokenBucket(limits.burst(), limits.perSecond());
        this.reserve = limits.burst() / RESERVE;
        this.client = client;
        this.room = new Room(limits.names(), client);
    }

    /** The names that are remembered, and those that are not any more. */
    Room room() {
        return room;
    }

    /** Asks for what is absent. Gives the demand that was made of it; empty if the limits allow none of it now. */
    Optional<Demand> ask(ResourceType type, Absent absent, long now) {
        NavigableSet<String> granted = new TreeSet<>();
        absent.claimed().forEach(name -> askWhateverTheNumber(new AskedName(type, name), granted));
        absent.listed().forEach(name -> askOrWait(new AskedName(type, name), granted));
        for (String name : absent.fresh()) {
            AskedName full = new AskedName(type, name);
            if (!client.asks(full)) {
                continue;
            }
            if (room.mayLive(full) && rate.take(now)) {
                boolean _ = room.admit(full) && granted.add(name);
            } else {
                room.awaitFirst(full);
            }
        }
        return demand(type, granted);
    }

    /**
     * What the client has it must not be told to be gone before it is known: Envoy does not ask for it again, and has its callers wait in
     * vain. More than may exist do if they came to be after they were asked for.
     */
    private void askWhateverTheNumber(AskedName name, Set<String> granted) {
        boolean _ = room.admitBeyond(name) && granted.add(name.name());
    }

    private void askOrWait(AskedName name, Set<String> granted) {
        if (room.admit(name)) {
            granted.add(name.name());
        } else {
            room.await(name);
        }
    }

    private Optional<Demand> demand(ResourceType type, NavigableSet<String> names) {
        return names.isEmpty() ? Optional.empty() : Optional.of(questions.ask(type, names));
    }

    /**
     * The set has these no longer. Asks for what the client asks for of them: as it was there the source was not asked for it, and
     * knows nothing of the client's interest. Only once for each name.
     */
    Optional<Demand> keep(ResourceType type, NavigableSet<String> leaving) {
        NavigableSet<String> unasked = new TreeSet<>();
        for (String name : leaving) {
            AskedName full = new AskedName(type, name);
            if (room.leaves(full)) {
                askOrWait(full, unasked);
            }
        }
        return demand(type, unasked);
    }

    /**
     * The source has taken into account what it was asked up to this ticket: what it did not find takes up no room of what exists,
     * nor does what the client brought without asking for it by name.
     */
    void answered(long ticket) {
        questions.answered(ticket, room.names()::answered);
    }

    /** All that is to be asked now; it is given once. */
    List<Demand> take(long now) {
        Map<ResourceType, NavigableSet<String>> due = new HashMap<>();
        Optional<AskedName> next = room.next();
        while (next.isPresent() && rate.takeAbove(reserve, now)) {
            AskedName name = next.get();
            boolean _ = !room.names().passOver()
                    && room.admit(name)
                    && due.computeIfAbsent(name.type(), _ -> new TreeSet<>()).add(name.name());
            next = room.next();
        }
        due.forEach(questions::ask);
        return questions.take();
    }

    /** Nanoseconds until {@link #take} gives something although nothing has come in; {@link Long#MAX_VALUE} if never. */
    long delay(long now) {
        return room.next().isEmpty() ? Long.MAX_VALUE : rate.delayAbove(reserve, now);
    }
}
