package io.osmj.controlplane.status;

import static java.util.stream.Collectors.joining;

import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The refusals of one cause: who refuses what, counted. Never asked for its problem while it is empty. */
final class Refusals {
    private static final int MOST_NAMES = 3;
    private static final int LONGEST_QUOTE = 100;
    private static final String UNTIL_THEN = " Until proxies take it, they keep what they had.";

    private final TreeMap<String, Integer> pods = new TreeMap<>();
    private final TreeMap<String, Integer> resources = new TreeMap<>();
    private final Set<Refusal> all = new LinkedHashSet<>();
    private @Nullable Problem shown;

    void add(Refusal refusal) {
        if (all.add(refusal)) {
            pods.merge(refusal.pod(), 1, Integer::sum);
            resources.merge(refusal.resource(), 1, Integer::sum);
        }
    }

    void remove(Refusal refusal) {
        if (all.remove(refusal)) {
            pods.computeIfPresent(refusal.pod(), (_, count) -> count == 1 ? null : count - 1);
            resources.computeIfPresent(refusal.resource(), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** What was last put on the board. */
    @Nullable
    Problem shown() {
        return shown;
    }

    void show(Problem problem) {
        shown = problem;
    }

    /** All of them as one problem of the object. */
    Problem problem() {
        Refusal first = all.iterator().next();
        return new Problem(ProblemCode.M5001, first.cause().object(), "", message(first), remedy(first));
    }

    private String message(Refusal first) {
        boolean one = pods.size() == 1;
        String others = first.suspects().objects().stream()
                .skip(1)
                .map(ObjectRef::toString)
                .collect(joining(", "));
        return (one ? "The proxy of pod " + pods.firstKey() + " refuses " : "The proxies of " + pods() + " refuse ")
                + resources()
                + (first.suspects().objects().isEmpty() ? "" : ", which this object is a part of,")
                + (one ? " and keeps what it had" : " and keep what they had")
                + (others.isEmpty() ? "" : "; other parts are " + others)
                + ". In its words: "
                + first.words();
    }

    private String pods() {
        return pods.size() + " pods ("
                + pods.keySet().stream().limit(MOST_NAMES).collect(joining(", "))
                + (pods.size() > MOST_NAMES ? " and others" : "") + ")";
    }

    private String resources() {
        int more = resources.size() - 1;
        return resources.firstKey() + (more == 0 ? "" : " and " + more + " more");
    }

    private static String remedy(Refusal refusal) {
        List<ObjectRef> objects = refusal.suspects().objects();
        String quoted = refusal.suspects().quoted();
        if (objects.isEmpty()) {
            return "No object of the mesh is behind it, so it is a fault of the mesh: please report it with these words.";
        }
        if (!quoted.isEmpty()) {
            return "Write '" + abbreviated(quoted) + "' otherwise there." + UNTIL_THEN;
        }
        return (objects.size() == 1
                        ? "Take back its last change."
                        : "Take back the last change of these objects, likeliest of this one.")
                + UNTIL_THEN;
    }

    private static String abbreviated(String text) {
        return text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
    }
}
