package io.osmj.xds.serve;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.concurrent.Executor;

/**
 * Tasks that wait for a thread, a line for each peer; the peers have their turns one after the other. So a peer that brings
 * thousands waits for itself, and the next one for a task of each.
 */
final class FairLine {
    private final Executor threads;
    private final int places;
    private final SequencedMap<Object, Queue<Runnable>> peers = new LinkedHashMap<>();
    private int waiting;

    /**
     * A line in which nobody waits.
     *
     * @param threads to run tasks on; how many there are is how many run at once
     * @param places how many may wait
     */
    FairLine(Executor threads, int places) {
        this.threads = threads;
        this.places = places;
    }

    /** Gives false, and does nothing, if the peer would have more places than it leaves to others. */
    boolean join(Object peer, Runnable task) {
        synchronized (peers) {
            Queue<Runnable> line = peers.computeIfAbsent(peer, _ -> new ArrayDeque<>());
            if (line.size() >= places - waiting) {
                if (line.isEmpty()) {
                    peers.remove(peer);
                }
                return false;
            }
            line.add(task);
            waiting++;
        }
        threads.execute(() -> next().run());
        return true;
    }

    private Runnable next() {
        synchronized (peers) {
            var first = peers.pollFirstEntry();
            Runnable task = first.getValue().remove();
            if (!first.getValue().isEmpty()) {
                peers.putLast(first.getKey(), first.getValue());
            }
            waiting--;
            return task;
        }
    }
}
