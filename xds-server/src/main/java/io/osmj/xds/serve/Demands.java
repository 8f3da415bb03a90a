package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

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

    /** One part of so many of the names that may exist is what may stay of those that were given up. */
    private static final int MOST_GIVEN_UP = 10;

    /** One part of so many of the burst is left for what is dialled now. */
    private static final int RESERVE = 10;

    private final StreamLimits.Demand limits;
    private final TokenBucket rate;
    private final Client client;

    /** Asked for, and found or not answered yet. No name is in two of these three. */
    private final Live live = new Live();

    private final Missing missing = new Missing();
    private final Late late = new Late();

    private final Deque<Demand> outbox = new ArrayDeque<>();
    private final Deque<Demand> unanswered = new ArrayDeque<>();
    private Map<ResourceType, NavigableSet<String>> forgotten = new EnumMap<>(ResourceType.class);
    private Map<ResourceType, NavigableSet<String>> released = new EnumMap<>(ResourceType.class);
    private int characters;
    private long tickets;

    /** A name of a type. */
    record Name(ResourceType type, String name) {}

    /** What becomes of a name that is to be forgotten. */
    enum Fate {
        FORGOTTEN,

        /** There is something of that name. */
        EXISTS,

        /** The client is still to be told that what it has is gone, or to be answered. */
        NOT_YET
    }

    /** Who asks. */
    interface Client {
        /** Whether it asks for this very name, as far as is remembered. */
        boolean asks(Name name);

        /** Whether it is to have something of that name. */
        boolean has(Name name);

        /** Forgets, if it may be, that it asks for the name. */
        Fate forget(Name name);
    }

    Demands(StreamLimits.Demand limits, Client client) {
        this.limits = limits;
        this.client = client;
        this.rate = new TokenBucket(limits.burst(), limits.perSecond());
    }

    /** These are about to be asked for. The names asked for longest ago of all others are forgotten until there is room for them. */
    void makeRoom(ResourceType type, Collection<String> asked, BooleanSupplier enough) {
        if (enough.getAsBoolean()) {
            return;
        }
        for (String name : asked) {
            missing.renew(new Name(type, name));
            late.renew(new Name(type, name));
        }
        while (!enough.getAsBoolean() && forgetOldest().isPresent()) {
            // One more.
        }
    }

    /** The client has asked for these and given these up; what it does both with it asks for. */
    void heard(ResourceType type, Collection<String> asked, Collection<String> givenUp) {
        if (live.givenUp() > 0) {
            asked.stream().map(name -> new Name(type, name)).filter(client::asks).forEach(live::renew);
        }
        for (String name : givenUp) {
            Name full = new Name(type, name);
            if (!client.asks(full)) {
                giveUp(full);
            }
        }
        if (live.givenUp() > limits.names() / MOST_GIVEN_UP) {
            boolean _ = letGo();
        }
    }

    /** What nothing is known of stays where it is: it makes room for others anyway. */
    private void giveUp(Name name) {
        if (live.contains(name) || missing.removeIfThere(name)) {
            live.giveUp(name);
        } else {
            late.takeOut(name, (waiting, askedBefore) -> {
                if (askedBefore) {
                    missing.add(waiting, false);
                } else {
                    drop(waiting);
                }
            });
        }
    }

    /** Asks for what is absent. Gives the demand that was made of it; empty if the limits allow none of it now. */
    Optional<Demand> ask(ResourceType type, Absent absent, long now) {
        NavigableSet<String> granted = new TreeSet<>();
        absent.claimed().forEach(name -> askWhateverTheNumber(new Name(type, name), granted));
        absent.listed().forEach(name -> askOrWait(new Name(type, name), granted));
        for (String name : absent.fresh()) {
            Name full = new Name(type, name);
            if (!client.asks(full)) {
                continue;
            }
            if (mayLive(full) && rate.take(now)) {
                boolean _ = admit(full) && granted.add(name);
            } else if (!live.contains(full) && fits(full)) {
                await(full);
                late.renew(full);
            }
        }
        return granted.isEmpty() ? Optional.empty() : Optional.of(demand(type, granted));
    }

    /**
     * What the client has it must not be told to be gone before it is known: Envoy does not ask for it again, and has its callers wait in
     * vain. More than may exist do if they came to be after they were asked for.
     */
    private void askWhateverTheNumber(Name name, Set<String> granted) {
        if (fits(name)) {
            admitFitting(name);
            granted.add(name.name());
        }
    }

    private void askOrWait(Name name, Set<String> granted) {
        if (admit(name)) {
            granted.add(name.name());
        } else if (fits(name)) {
            await(name);
        }
    }

    /**
     * The set has these no longer. Asks for what the client asks for of them: as it was there the source was not asked for it, and
     * knows nothing of the client's interest. Only once for each name.
     */
    Optional<Demand> keep(ResourceType type, NavigableSet<String> leaving) {
        NavigableSet<String> unasked = new TreeSet<>();
        for (String name : leaving) {
            Name full = new Name(type, name);
            if (live.remove(full) || missing.contains(full)) {
                missing.add(full, false);
            } else if (client.asks(full) && !late.contains(full)) {
                askOrWait(full, unasked);
            }
        }
        return unasked.isEmpty() ? Optional.empty() : Optional.of(demand(type, unasked));
    }

    /**
     * The source has taken into account what it was asked up to this ticket: what it did not find takes up no room of what exists,
     * nor does what the client brought without asking for it by name.
     */
    void answered(long ticket) {
        while (!unanswered.isEmpty() && unanswered.getFirst().ticket() <= ticket) {
            Demand demand = unanswered.removeFirst();
            demand.names().forEach(name -> answered(new Name(demand.type(), name)));
        }
    }

    private void answered(Name name) {
        boolean exists = client.has(name);
        if (!(exists && client.asks(name)) && !live.isGivenUp(name) && live.remove(name)) {
            missing.add(name, exists);
        }
    }

    /** How many names are remembered. */
    int size() {
        return live.size() + missing.size() + late.size();
    }

    /** How long they are altogether. */
    int characters() {
        return characters;
    }

    /** What the client has given up and the source need not look after, there or not. Given once. */
    Map<ResourceType, NavigableSet<String>> takeReleased() {
        Map<ResourceType, NavigableSet<String>> taken = released;
        released = new EnumMap<>(ResourceType.class);
        return taken;
    }

    /** What is remembered no longer, for the source to forget it too. Given once. */
    Map<ResourceType, NavigableSet<String>> takeForgotten() {
        Map<ResourceType, NavigableSet<String>> taken = forgotten;
        forgotten = new EnumMap<>(ResourceType.class);
        return taken;
    }

    /** What waits was told to be missing and not looked up since, so it goes after what was looked up. */
    private Optional<Name> forgetOldest() {
        Optional<Name> oldest = missing.forgetOldest(client, this::exists).or(() -> late.forgetOldest(client, this::exists));
        oldest.ifPresent(name -> {
            drop(name);
            forgotten.computeIfAbsent(name.type(), _ -> new TreeSet<>()).add(name.name());
        });
        return oldest;
    }

    /** What is there without the source having been asked for it is asked for when it leaves. */
    private void exists(Name name, boolean askedBefore) {
        if (!askedBefore) {
            drop(name);
        } else if (client.asks(name)) {
            missing.add(name, true);
        } else {
            live.giveUp(name);
        }
    }

    /** Forgets all that was given up. Gives whether there was any. */
    private boolean letGo() {
        Set<Name> gone = live.letGo();
        gone.forEach(name -> {
            drop(name);
            released.computeIfAbsent(name.type(), _ -> new TreeSet<>()).add(name.name());
        });
        return !gone.isEmpty();
    }

    private void drop(Name name) {
        characters -= name.name().length();
    }

    private boolean mayLive(Name name) {
        return live.contains(name) || live.asked() < limits.names();
    }

    private boolean knows(Name name) {
        return live.contains(name) || missing.contains(name) || late.contains(name);
    }

    private boolean fits(Name name) {
        return knows(name)
                || size() < MOST_MISSING * limits.names()
                || forgetOldest().isPresent()
                || letGo();
    }

    private boolean admit(Name name) {
        boolean admitted = mayLive(name) && fits(name);
        if (admitted) {
            admitFitting(name);
        }
        return admitted;
    }

    private void admitFitting(Name name) {
        remember(name);
        late.remove(name);
        missing.remove(name);
        live.add(name);
    }

    private void await(Name name) {
        if (!late.contains(name)) {
            remember(name);
            late.add(name, missing.remove(name));
        }
    }

    private void remember(Name name) {
        characters += knows(name) ? 0 : name.name().length();
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
        while (!late.isEmpty() && mayLive(late.newest()) && rate.takeAbove(reserve(), now)) {
            Name next = late.newest();
            boolean _ = !late.passOver(client::has, this::exists)
                    && admit(next)
                    && due.computeIfAbsent(next.type(), _ -> new TreeSet<>()).add(next.name());
        }
        due.forEach(this::demand);
        List<Demand> taken = new ArrayList<>(outbox);
        outbox.clear();
        return taken;
    }

    /** Nanoseconds until {@link #take} gives something although nothing has come in; {@link Long#MAX_VALUE} if never. */
    long delay(long now) {
        return late.isEmpty() || !mayLive(late.newest()) ? Long.MAX_VALUE : rate.delayAbove(reserve(), now);
    }

    private int reserve() {
        return limits.burst() / RESERVE;
    }
}
