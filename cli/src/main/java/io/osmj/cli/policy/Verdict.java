package io.osmj.cli.policy;

import io.osmj.core.problem.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What becomes of a call.
 *
 * @param decision in a word
 * @param how what the caller sees, one sentence
 * @param reasons why, at least one
 */
record Verdict(Decision decision, String how, List<Reason> reasons) {
    /** What a caller sees to whom no answer is sent. */
    static final String CLOSED = "The connection is closed.";

    Verdict {
        reasons = List.copyOf(reasons);
    }

    enum Decision {
        ALLOWED,
        /** Some requests are, or some of the pods let it through: the reasons say which. */
        DEPENDS,
        DENIED
    }

    /**
     * One reason.
     *
     * @param text one sentence
     * @param object the object that has it so
     * @param place where that object is written, {@code file:line}
     */
    record Reason(String text, Optional<ObjectRef> object, Optional<String> place) {
        static Reason of(String text) {
            return new Reason(text, Optional.empty(), Optional.empty());
        }

        @Override
        public String toString() {
            return text + place.map(at -> " (" + at + ")").orElse("");
        }
    }

    /** The same with one more reason. */
    Verdict and(Reason reason) {
        List<Reason> all = new ArrayList<>(reasons);
        all.add(reason);
        return new Verdict(decision, how, all);
    }

    /** What becomes of a call that may come to several pods, each of which has a verdict of its own. */
    static Verdict joined(List<Verdict> each) {
        Set<Decision> decisions = each.stream().map(Verdict::decision).collect(Collectors.toSet());
        List<Reason> reasons = each.stream()
                .flatMap(verdict -> verdict.reasons().stream())
                .distinct()
                .toList();
        Verdict first = each.getFirst();
        return decisions.size() == 1
                ? new Verdict(first.decision(), first.how(), reasons)
                : new Verdict(Decision.DEPENDS, "It depends on which pod behind the service is called.", reasons);
    }

    static Verdict denied(String how, List<Reason> reasons) {
        return new Verdict(Decision.DENIED, how, reasons);
    }

    static Verdict denied(String how, String reason) {
        return denied(how, List.of(Reason.of(reason)));
    }

    static Verdict allowed(String how, String reason) {
        return new Verdict(Decision.ALLOWED, how, List.of(Reason.of(reason)));
    }
}
