package io.osmj.xds.serve;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** The names that are remembered of what one stream asks for, each in one of three places, and what is forgotten of them. */
final class Remembered {
    private final Asker client;
    private final Live live = new Live();
    private final Missing missing = new Missing();
    private final Late late = new Late();
    private final Farewell forgotten = new Farewell();
    private final Farewell released = new Farewell();
    private int characters;

    Remembered(Asker client) {
        this.client = client;
    }

    Live live() {
        return live;
    }

    Late late() {
        return late;
    }

    /** What is remembered no longer, for the source to forget it too. */
    Farewell forgotten() {
        return forgotten;
    }

    /** What the client has given up and the source need not look after, there or not. */
    Farewell released() {
        return released;
    }

    boolean knows(AskedName name) {
        return live.contains(name) || missing.contains(name) || late.contains(name);
    }

    /** How many names there are. */
    int size() {
        return live.size() + missing.size() + late.size();
    }

    /** How long they are altogether. */
    int characters() {
        return characters;
    }

    /** The source is asked for it now. */
    void live(AskedName name) {
        count(name);
        late.remove(name);
        missing.remove(name);
        live.add(name);
    }

    /** The source is asked for it later. */
    void late(AskedName name) {
        count(name);
        late.add(name, missing.remove(name));
    }

    private void count(AskedName name) {
        characters += knows(name) ? 0 : name.name().length();
    }

    private void drop(AskedName name) {
        characters -= name.name().length();
    }

    /** These are asked for anew, so they are forgotten last. */
    void renew(Collection<AskedName> names) {
        names.forEach(missing::renew);
        names.forEach(late::renew);
    }

    /**
     * The source has answered: what it did not find takes up no room of what exists, nor does what is not asked for by name. What was
     * given up meanwhile and is there stays as such.
     */
    void answered(AskedName name) {
        boolean exists = client.has(name);
        boolean stays = exists && (client.asks(name) || live.isGivenUp(name));
        if (!stays && live.remove(name)) {
            missing.add(name, exists);
        }
    }

    /** There is no such thing any more. Gives whether the source was asked for it, so that it tells when there is again. */
    boolean gone(AskedName name) {
        boolean asked = live.remove(name) || missing.contains(name);
        if (asked) {
            missing.add(name, false);
        }
        return asked;
    }

    /** The client asks for it no longer. What nothing is known of stays where it is: it makes room for others anyway. */
    void giveUp(AskedName name) {
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

    /** If the next that waits is there by now it waits no longer. Gives whether it was. */
    boolean passOver() {
        return late.passOver(client::has, this::exists);
    }

    /** What is there without the source having been asked for it is asked for when it leaves. */
    private void exists(AskedName name, boolean askedBefore) {
        if (!askedBefore) {
            drop(name);
        } else if (client.asks(name)) {
            missing.add(name, true);
        } else {
            live.giveUp(name);
        }
    }

    /** What waits was told to be missing and not looked up since, so it goes after what was looked up. Gives whether there was one. */
    boolean forgetOldest() {
        Optional<AskedName> oldest =
                missing.forgetOldest(client, this::exists).or(() -> late.forgetOldest(client, this::exists));
        oldest.ifPresent(name -> {
            drop(name);
            forgotten.add(name);
        });
        return oldest.isPresent();
    }

    /** Forgets all that was given up. Gives whether there was any. */
    boolean letGo() {
        Set<AskedName> gone = live.letGo();
        gone.forEach(name -> {
            drop(name);
            released.add(name);
        });
        return !gone.isEmpty();
    }
}
