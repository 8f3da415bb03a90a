package io.osmj.xds.serve;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Answers of one proxy of which it is not known yet whether they are refused, on all its streams. Those of a stream that has said
 * nothing of them for a minute count for that stream alone: it may be dead. Used by one thread at a time.
 */
final class Trials {
    /** Of streams that have such answers. */
    private final Set<Trial> open = new LinkedHashSet<>();

    /** Of streams that were not allowed to send something. */
    private final Set<Trial> waiting = new LinkedHashSet<>();

    /** How many the other streams have. */
    int ofOthers(Trial own, long now) {
        int others = 0;
        for (Trial trial : open) {
            others += trial == own || isOld(trial, now) ? 0 : trial.answers;
        }
        return others;
    }

    private static boolean isOld(Trial trial, long now) {
        return now - trial.since >= PerMinute.MINUTE;
    }

    /** Is told when it may be allowed more. */
    void await(Trial trial) {
        waiting.add(trial);
    }

    /** All that are to be told, once. */
    List<Trial> takeWaiting() {
        List<Trial> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    /** The stream has so many now. Gives those that may be allowed more by that, once. */
    List<Trial> set(Trial trial, int answers, long now) {
        boolean fewer = answers < trial.answers;
        if (answers > trial.answers) {
            trial.since = now;
        }
        trial.answers = answers;
        boolean _ = answers == 0 ? open.remove(trial) : open.add(trial);
        if (!fewer || waiting.isEmpty()) {
            return List.of();
        }
        List<Trial> others = waiting.stream().filter(one -> one != trial).toList();
        waiting.removeAll(others);
        return others;
    }

    /** The stream is over. Gives those that may be allowed more by that. */
    List<Trial> end(Trial trial) {
        waiting.remove(trial);
        return set(trial, 0, trial.since);
    }

    /** Nanoseconds until the first of those that have said nothing counts no more for others; {@link Long#MAX_VALUE} if there is none. */
    long delay(Trial own, long now) {
        long delay = Long.MAX_VALUE;
        for (Trial trial : open) {
            if (trial != own && !isOld(trial, now)) {
                delay = Math.min(delay, PerMinute.MINUTE - (now - trial.since));
            }
        }
        return delay;
    }
}
