package io.osmj.demo.play;

import static java.util.stream.Collectors.joining;

import io.osmj.demo.folder.Edge;
import io.osmj.demo.scene.Answer;
import io.osmj.demo.scene.Answers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What callers must be answered.
 *
 * @param statuses the HTTP status for each call
 */
record Expected(Map<Edge, Integer> statuses) {
    private static final int IN_A_ROW = 3;

    Expected {
        statuses = Map.copyOf(statuses);
    }

    /** Whether the last three answers to each since then are as they must be. */
    boolean reached(Answers answers, long since) {
        return statuses.entrySet().stream().allMatch(entry -> {
            List<Answer> late = answers.since(entry.getKey(), since);
            return late.size() >= IN_A_ROW
                    && late.subList(late.size() - IN_A_ROW, late.size()).stream()
                            .allMatch(answer -> answer.status() == entry.getValue());
        });
    }

    /** Whether every answer since then is as it must be. */
    boolean kept(Answers answers, long since) {
        return statuses.entrySet().stream()
                .allMatch(entry -> answers.since(entry.getKey(), since).stream()
                        .allMatch(answer -> answer.status() == entry.getValue()));
    }

    /** Whether there are this many answers to each since then. */
    boolean answered(Answers answers, long since, int number) {
        return statuses.keySet().stream()
                .allMatch(edge -> answers.since(edge, since).size() >= number);
    }

    /** The last answers as they are, for whoever asks why it was not reached. */
    String actual(Answers answers) {
        return told(edge -> {
            List<Answer> last = answers.last(edge, IN_A_ROW);
            return last.isEmpty()
                    ? "nothing"
                    : last.stream()
                                    .map(answer -> Integer.toString(answer.status()))
                                    .collect(joining(" ")) + " ("
                            + last.getLast().text() + ")";
        });
    }

    @Override
    public String toString() {
        return told(edge -> String.valueOf(statuses.get(edge)));
    }

    private String told(java.util.function.Function<Edge, String> value) {
        Map<String, String> sorted = new TreeMap<>();
        statuses.keySet().forEach(edge -> sorted.put(edge.toString(), value.apply(edge)));
        return sorted.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(joining(", "));
    }
}
