package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * For how many more names of one stream there is room. When there is none, those are forgotten that nothing is known of and that were
 * asked for longest ago, and those that the client has given up.
 */
final class Room {
    /** So many times as many names as may exist are remembered altogether, here and by the source. */
    private static final int MOST_MISSING = 4;

    /** One part of so many of the names that may exist is what may stay of those that were given up. */
    private static final int MOST_GIVEN_UP = 10;

    private final int most;
    private final Asker client;
    private final Remembered names;

    /** @param most how many names may exist */
    Room(int most, Asker client) {
        this.most = most;
        this.client = client;
        this.names = new Remembered(client);
    }

    /** Those that have a place. */
    Remembered names() {
        return names;
    }

    /** These are about to be asked for. The names asked for longest ago of all others are forgotten until there is room for them. */
    void make(ResourceType type, Collection<String> asked, BooleanSupplier enough) {
        if (enough.getAsBoolean()) {
            return;
        }
        names.renew(full(type, asked));
        while (!enough.getAsBoolean() && names.forgetOldest()) {
            // One more.
        }
    }

    private static List<AskedName> full(ResourceType type, Collection<String> names) {
        return names.stream().map(name -> new AskedName(type, name)).toList();
    }

    /** The client has asked for these and given these up; what it does both with it asks for. */
    void heard(ResourceType type, Collection<String> asked, Collection<String> givenUp) {
        if (names.live().givenUp() > 0) {
            full(type, asked).stream().filter(client::asks).forEach(names.live()::renew);
        }
        for (AskedName name : full(type, givenUp)) {
            if (!client.asks(name)) {
                names.giveUp(name);
            }
        }
        if (names.live().givenUp() > most / MOST_GIVEN_UP) {
            boolean _ = names.letGo();
        }
    }

    /** Whether there is room for one more that exists. */
    boolean mayLive(AskedName name) {
        return names.live().contains(name) || names.live().asked() < most;
    }

    /** The source is to be asked for it, if there is room. Gives whether there is. */
    boolean admit(AskedName name) {
        return mayLive(name) && admitBeyond(name);
    }

    /** The same, however many exist. */
    boolean admitBeyond(AskedName name) {
        boolean fits = fits(name);
        if (fits) {
            names.live(name);
        }
        return fits;
    }

    /** The source is to be asked for it later, behind all others, if it may be remembered. */
    void await(AskedName name) {
        if (!names.live().contains(name) && !names.late().contains(name) && fits(name)) {
            names.late(name);
        }
    }

    /** The same, before all others. */
    void awaitFirst(AskedName name) {
        await(name);
        names.late().renew(name);
    }

    private boolean fits(AskedName name) {
        return names.knows(name) || names.size() < MOST_MISSING * most || names.forgetOldest() || names.letGo();
    }

    /** The next to be asked for of those that wait, if there is room for it. */
    Optional<AskedName> next() {
        return names.late().newest().filter(this::mayLive);
    }

    /** What the client is to have does not hold it any more. Gives whether it is to be asked for, as the source does not know of it. */
    boolean leaves(AskedName name) {
        return !names.gone(name) && client.asks(name) && !names.late().contains(name);
    }
}
