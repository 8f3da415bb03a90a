package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;

/** How much is remembered for one stream, and that it is counted among what is remembered for the proxy. */
final class Footprint {
    private final Subscriptions types;
    private final Remembered askedOfSource;
    private final Conduct conduct;
    private int names;
    private int characters;

    Footprint(Subscriptions types, Remembered askedOfSource, Conduct conduct) {
        this.types = types;
        this.askedOfSource = askedOfSource;
        this.conduct = conduct;
    }

    /**
     * Who comes back lists what it once asked for, and cannot ask for less. So before it is too much, it is not told of names that do
     * not fit that they are missing; it takes them to be missing all the same.
     */
    void countWithin() {
        count();
        if (conduct.excess().isPresent()) {
            types.forEach((type, subscription) -> {
                if (type.wildcard()) {
                    subscription.memory().forgo();
                }
            });
            count();
        }
    }

    /** What the source was asked for it remembers until it is told to forget it, some of what the client has given up, too. */
    private void count() {
        int asked = 0;
        int ofSource = 0;
        int length = 0;
        int lengthOfSource = 0;
        for (ResourceType type : ResourceType.values()) {
            Memory memory = types.of(type).memory();
            asked += type.wildcard() ? 0 : memory.size();
            ofSource += type.wildcard() ? memory.size() : 0;
            length += type.wildcard() ? 0 : memory.characters();
            lengthOfSource += type.wildcard() ? memory.characters() : 0;
        }
        remember(
                asked + Math.max(ofSource, askedOfSource.size()),
                length + Math.max(lengthOfSource, askedOfSource.characters()));
    }

    private void remember(int namesNow, int charactersNow) {
        conduct.remember(namesNow - names, charactersNow - characters);
        names = namesNow;
        characters = charactersNow;
    }

    /** The stream is over. */
    void end() {
        remember(0, 0);
    }
}
