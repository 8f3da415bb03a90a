package io.osmj.core.problem;

import static java.util.Comparator.comparing;

import java.util.Comparator;

/**
 * One fault in one field of one object, with what to do about it.
 *
 * @param code the number of this kind of fault
 * @param object the object to mend
 * @param field the path of the field, as {@code spec.rules[0].matches[1]}; empty when the whole object is meant
 * @param message what is wrong, one sentence
 * @param remedy what to do, one sentence
 */
public record Problem(ProblemCode code, ObjectRef object, String field, String message, String remedy)
        implements Comparable<Problem> {
    private static final Comparator<Problem> ORDER = comparing(Problem::object)
            .thenComparing(Problem::field)
            .thenComparing(Problem::code)
            .thenComparing(Problem::message);

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** The fault on one line: {@code M2006 TrafficTarget ns/name spec.rules[0].matches[0]: message Remedy.} */
    @Override
    public String toString() {
        String place = field.isEmpty() ? object.toString() : object + " " + field;
        return code + " " + place + ": " + message + " " + remedy;
    }
}
