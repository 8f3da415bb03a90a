package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * How one proxy behaves, over all its streams and for a minute after the last: a client that comes back is not another one.
 * Safe for many threads.
 */
final class Conduct {
    /** Of each proxy, so that one of thousands does not fill the log of all. */
    private static final int MOST_LINES_PER_MINUTE = 5;

    private static final int MOST_REFUSED = 64;

    private final int nacksPerMinute;
    private final PerMinute refusals;
    private final PerMinute lines = new PerMinute(MOST_LINES_PER_MINUTE);
    private final Load load = new Load();
    private final SequencedMap<Name, Refused> refused = new LinkedHashMap<>();

    /** On how many streams it stands as refused. */
    private final Map<Name, Integer> standing = new HashMap<>();

    private record Name(ResourceType type, String name) {}

    /**
     * A resource that was refused by itself.
     *
     * @param version that was refused
     * @param text the proxy's words
     * @param time when
     */
    record Refused(String name, String version, String text, long time) {}

    /** A proxy of which nothing is known. */
    Conduct(StreamLimits limits) {
        this.nacksPerMinute = limits.nacksPerMinute();
        this.refusals = new PerMinute(nacksPerMinute + 1);
    }

    /** An answer was refused. */
    synchronized void refused(long now) {
        refusals.happened(now);
    }

    /** This resource is at fault. */
    synchronized void refused(ResourceType type, Refused resource) {
        refused.putLast(new Name(type, resource.name()), resource);
        if (refused.size() > MOST_REFUSED) {
            refused.pollFirstEntry();
        }
    }

    /** A stream begins to refuse it, whatever others do. */
    synchronized void stands(ResourceType type, String name) {
        standing.merge(new Name(type, name), 1, Integer::sum);
    }

    /** A stream refuses it no more. Gives whether none does. */
    synchronized boolean settled(ResourceType type, String name) {
        return standing.computeIfPresent(new Name(type, name), (_, streams) -> streams == 1 ? null : streams - 1)
                == null;
    }

    /** What was found at fault within the last minute, whose bytes are not to be sent again on a new stream. */
    synchronized List<Refused> refusedLately(ResourceType type, long now) {
        refused.values().removeIf(resource -> now - resource.time() >= PerMinute.MINUTE);
        return refused.entrySet().stream()
                .filter(entry -> entry.getKey().type() == type)
                .map(Map.Entry::getValue)
                .toList();
    }

    /**
     * Whether a type has to wait because the proxy refuses too much.
     *
     * @param refusedLast whether the proxy's last word about the type was a refusal; otherwise it has said nothing about it. One
     *     answer a minute is left for such types, so that what the proxy does accept goes on
     * @param standing answers of which it is not known yet whether they are refused too
     */
    synchronized boolean mustPause(boolean refusedLast, int standing, long now) {
        int count = refusals.count(now);
        return count > 0 && count + standing >= nacksPerMinute + (refusedLast ? 0 : 1);
    }

    /** Nanoseconds until a pause may be over. */
    synchronized long delay(long now) {
        return refusals.delay(now);
    }

    /** A stream remembers so many more names, or fewer. */
    synchronized void remember(int names, int characters) {
        load.remember(names, characters);
    }

    /** What of it is too much; empty if nothing is. */
    synchronized Optional<String> excess() {
        return load.excess();
    }

    /** A request gave this to do, counted in names that were looked at. */
    synchronized void worked(long names, long now) {
        load.worked(names, now);
    }

    /** Nanoseconds until the proxy is heard again; 0 if it is heard now. */
    synchronized long hearingDelay(long now) {
        return load.delay(now);
    }

    /** Whether there may be a line in the log about the proxy now. */
    synchronized boolean mayLog(long now) {
        return lines.mayHappen(now);
    }
}
