package io.osmj.config.read;

import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The words of {@code retryOn}. Envoy passes over those that it does not know and says nothing. */
final class RetryWords {
    /** What Envoy 1.40 knows of requests of any kind, and then what it knows of gRPC's answers. */
    private static final Set<String> KNOWN = Set.of(
            "5xx",
            "gateway-error",
            "reset",
            "reset-before-request",
            "connect-failure",
            "envoy-ratelimited",
            "retriable-4xx",
            "refused-stream",
            "http3-post-connect-failure",
            "cancelled",
            "deadline-exceeded",
            "internal",
            "resource-exhausted",
            "unavailable");

    /** Envoy knows them, and they mean nothing without lists for which a Retry has no field. */
    private static final Set<String> WITHOUT_LIST = Set.of("retriable-status-codes", "retriable-headers");

    private static final String FIELD = "spec.retryPolicy.retryOn";

    private final ObjectRef ref;
    private final List<Problem> problems;

    /** @param problems where problems are noted */
    RetryWords(ObjectRef ref, List<Problem> problems) {
        this.ref = ref;
        this.problems = problems;
    }

    /** The words that mean something, in their order. */
    List<String> read(String text) {
        List<String> words = Stream.of(text.split(",", -1))
                .map(String::trim)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        List<String> usable = words.stream().filter(KNOWN::contains).toList();
        words.stream().filter(word -> !KNOWN.contains(word)).forEach(this::unusable);
        if (words.isEmpty()) {
            problem(
                    "It names nothing that calls for another try, so no call is tried again.",
                    "Write for example 5xx or gateway-error,connect-failure there.");
        }
        return usable;
    }

    private void unusable(String word) {
        if (WITHOUT_LIST.contains(word)) {
            problem(
                    "'" + word
                            + "' needs a list that a Retry has no field for, so nothing is tried again because of it.",
                    "Take it out, or use 5xx, gateway-error or retriable-4xx.");
        } else {
            problem(
                    "'" + word + "' is no word that Envoy knows, so nothing is tried again because of it.",
                    "Use words of Envoy's, separated by commas: 5xx, gateway-error, connect-failure, reset,"
                            + " reset-before-request, refused-stream, retriable-4xx, envoy-ratelimited; for gRPC"
                            + " cancelled, deadline-exceeded, internal, resource-exhausted, unavailable.");
        }
    }

    private void problem(String message, String remedy) {
        problems.add(new Problem(ProblemCode.M2034, ref, FIELD, message, remedy));
    }
}
