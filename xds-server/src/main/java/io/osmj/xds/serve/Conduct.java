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

    private final Refusals refusals;
    private final PerMinute lines = new PerMinute(MOST_LINES_PER_MINUTE);
    private final Load load = new Load();
    private final Trials trials = new Trials();
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
        this.refusals = new Refusals(limits.nacksPerMinute());
    }

    /** An answer was refused. */
    synchronized void refused(ResourceType type, long now) {
        refusals.refused(type, now);
    }

    /** An answer that held something was accepted. */
    void accepted(ResourceType type) {
        List<Trial> others;
        synchronized (this) {
            others = refusals.accepted(type) ? trials.takeWaiting() : List.of();
        }
        others.forEach(other -> other.wake.run());
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
     * What of a type may be sent, as the proxy may refuse too much.
     *
     * @param last the proxy's word on the type on the stream
     * @param trial of the stream, which is told when more may be sent because of what other streams have answered
     */
    synchronized Leave leave(ResourceType type, LastAnswer last, Trial trial, long now) {
        int others = trials.ofOthers(trial, now);
        Leave leave = refusals.leave(type, last, trial.answers, others, now);
        if (leave != Leave.ALL) {
            trials.await(trial);
        }
        return leave;
    }

    /**
     * One more answer of a type is about to be sent, which counts from now on: other streams may be about to send one, too. Gives whether
     * it may be sent.
     */
    synchronized boolean begin(ResourceType type, LastAnswer last, Trial trial, long now) {
        boolean may = last == LastAnswer.ACCEPTED || leave(type, last, trial, now) != Leave.NONE;
        if (may && last != LastAnswer.ACCEPTED) {
            var _ = trials.set(trial, trial.answers + 1, now);
        }
        return may;
    }

    /** On a stream stand so many answers of which it is not known yet whether they are refused. */
    void stand(Trial trial, int answers, long now) {
        List<Trial> others;
        synchronized (this) {
            others = trials.set(trial, answers, now);
        }
        others.forEach(other -> other.wake.run());
    }

    /** The stream is over. */
    void end(Trial trial) {
        List<Trial> others;
        synchronized (this) {
            others = trials.end(trial);
        }
        others.forEach(other -> other.wake.run());
    }

    /** Nanoseconds until more may be sent on a stream than may now though nothing has come in. */
    synchronized long delay(Trial trial, long now) {
        return Math.min(refusals.delay(now), trials.delay(trial, now));
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
