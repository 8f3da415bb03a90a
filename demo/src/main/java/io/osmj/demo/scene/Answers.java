package io.osmj.demo.scene;

import io.osmj.demo.folder.Edge;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The answers of late to every caller. Safe for use by several threads. */
public final class Answers {
    private static final int KEPT = 256;
    private final Map<Edge, Deque<Answer>> kept = new HashMap<>();

    synchronized void add(Edge edge, Answer answer) {
        Deque<Answer> answers = kept.computeIfAbsent(edge, _ -> new ArrayDeque<>());
        answers.addLast(answer);
        if (answers.size() > KEPT) {
            answers.removeFirst();
        }
    }

    /** The answers that came after this time, the oldest first. */
    public synchronized List<Answer> since(Edge edge, long time) {
        return kept.getOrDefault(edge, new ArrayDeque<>()).stream()
                .filter(answer -> answer.at() - time > 0)
                .toList();
    }

    /** The last answers, as many as there are of this number, the oldest first. */
    public synchronized List<Answer> last(Edge edge, int number) {
        List<Answer> answers = List.copyOf(kept.getOrDefault(edge, new ArrayDeque<>()));
        return answers.subList(Math.max(0, answers.size() - number), answers.size());
    }
}
