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
import java.util.SequencedSet;
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
    /** So many times as many names as may exist are remembered altogether, here and by the source. */
    private static final int MOST_MISSING = 4;

    /** One part of so many of the burst is left for what is dialled now. */
    private static final int RESERVE = 10;

    private final StreamLimits.Demand limits;
    private final TokenBucket rate;
    private final Forgetter forgetter;

    /** Asked for, and found or not answered yet. */
    private final Set<Name> live = new HashSet<>();

    private final Missing missing = new Missing();

    /** To be asked for, the last first: the others were told to their callers to be missing already, a while ago. */
    private final SequencedSet<Name> late = new LinkedHashSet<>();

    private final Deque<Demand> outbox = new ArrayDeque<>();
    private final Deque<Demand> unanswered = new ArrayDeque<>();
    private long tickets;

    /** A name of a type. */
    record Name(ResourceType type, String name) {}

    /** Forgets a name that the client asks for and that is not there. */
    interface Forgetter {
        /** Gives whether it did: not if there is something of the name by now. */
        boolean forget(ResourceType type, String name);
    }

    /** Tells whether there is a resource. */
    interface Found {
        boolean test(ResourceType type, String name);
    }

    Demands(StreamLimits.Demand limits, Forgetter forgetter) {
        this.limits = limits;
        this.forgetter = forgetter;
        this.rate = new TokenBucket(limits.burst(), limits.perSecond());
    }

    /** Asks for what is absent. Gives the demand that was made of it; empty if the limits allow none of it now. */
    Optional<Demand> ask(ResourceType type, Absent absent, long now) {
        NavigableSet<String> granted = new TreeSet<>();
        absent.claimed().stream().filter(name -> admit(new Name(type, name))).forEach(granted::add);
        for (String name : absent.listed()) {
            Name full = new Name(type, name);
            if (admit(full)) {
                granted.add(name);
            } else if (fits(full)) {
                late.addFirst(full);
            }
        }
        for (String name : absent.fresh()) {
            Name full = new Name(type, name);
            if (mayLive(full) && rate.take(now)) {
                boolean _ = admit(full) && granted.add(name);
            } else if (fits(full)) {
                missing.renew(full);
                late.addLast(full);
            }
        }
        return granted.isEmpty() ? Optional.empty() : Optional.of(demand(type, granted));
    }

    /**
     * Asks for what the client asked for and the set has no longer: as it was there the source was not asked for it, and
     * knows nothing of the client's interest. Only once for each name.
     */
    Optional<Demand> keep(ResourceType type, NavigableSet<String> leaving) {
        NavigableSet<String> unasked = new TreeSet<>();
        for (String name : leaving) {
            Name full = new Name(type, name);
            if (live.remove(full)) {
                missing.add(full);
            } else if (!missing.contains(full) && !late.contains(full) && admit(full)) {
                unasked.add(name);
            }
        }
        return unasked.isEmpty() ? Optional.empty() : Optional.of(demand(type, unasked));
    }

    /** The source has taken into account what it was asked up to this ticket: what it did not find takes up no room. */
    void answered(long ticket, Found found) {
        while (!unanswered.isEmpty() && unanswered.getFirst().ticket() <= ticket) {
            Demand demand = unanswered.removeFirst();
            for (String name : demand.names()) {
                Name full = new Name(demand.type(), name);
                boolean _ = !found.test(demand.type(), name) && live.remove(full) && missing.add(full);
            }
        }
    }

    /** How many names are remembered. */
    int size() {
        return live.size() + missing.size() + late.size();
    }

    /** Forgets so many names, if so many can be forgotten. */
    void makeRoom(int names) {
        for (int forgotten = 0; forgotten < names; forgotten++) {
            if (!forgetOldest()) {
                return;
            }
        }
    }

    /** What is remembered no longer, for the source to forget it too. Given once. */
    Map<ResourceType, NavigableSet<String>> takeForgotten() {
        return missing.takeForgotten();
    }

    /** What waits was told to be missing and never looked up, so it goes after what was looked up. */
    private boolean forgetOldest() {
        Optional<Name> oldest = missing.forgetOldest(forgetter);
        oldest.ifPresent(late::remove);
        if (oldest.isPresent() || late.isEmpty()) {
            return oldest.isPresent();
        }
        Name waiting = late.removeFirst();
        boolean _ =
                live.contains(waiting) || missing.contains(waiting) || forgetter.forget(waiting.type(), waiting.name());
        return true;
    }

    private boolean mayLive(Name name) {
        return live.contains(name) || live.size() < limits.names();
    }

    private boolean fits(Name name) {
        return live.contains(name)
                || missing.contains(name)
                || late.contains(name)
                || size() < MOST_MISSING * limits.names()
                || forgetOldest();
    }

    private boolean admit(Name name) {
        if (!mayLive(name) || !fits(name)) {
            return false;
        }
        late.remove(name);
        missing.remove(name);
        live.add(name);
        return true;
    }

    private Demand demand(ResourceType type, NavigableSet<String> names) {
        Demand demand = new Demand(++tickets, type, names);
        outbox.add(demand);
        unanswered.add(demand);
        return demand;
    }

    /** All that is to be asked now; it is given once. */
    List<Demand> take(long now) {
        Map<ResourceType, NavigableSet<String>> due = new HashMap<>();
        while (!late.isEmpty() && mayLive(late.getLast()) && rate.takeAbove(reserve(), now)) {
            Name next = late.getLast();
            boolean _ = admit(next)
                    && due.computeIfAbsent(next.type(), _ -> new TreeSet<>()).add(next.name());
        }
        due.forEach(this::demand);
        List<Demand> taken = new ArrayList<>(outbox);
        outbox.clear();
        return taken;
    }

    /** Nanoseconds until {@link #take} gives something although nothing has come in; {@link Long#MAX_VALUE} if never. */
    long delay(long now) {
        return late.isEmpty() || !mayLive(late.getLast()) ? Long.MAX_VALUE : rate.delayAbove(reserve(), now);
    }

    private int reserve() {
        return limits.burst() / RESERVE;
    }
}
