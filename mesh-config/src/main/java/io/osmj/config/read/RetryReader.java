package io.osmj.config.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.policy.RetryPolicy;
import io.osmj.core.policy.RetryRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads Retry objects. One of which the source or the policy cannot be used takes no effect; a destination or a word that cannot be
 * used is left out.
 */
public final class RetryReader {
    /** Envoy's own, where an object does not say. */
    private static final String USUAL_PAUSE = "25ms";

    private final JsonNode spec;
    private final ObjectRef ref;
    private final String created;
    private final List<Problem> problems = new ArrayList<>();

    private RetryReader(JsonNode object) {
        this.spec = object.path("spec");
        JsonNode metadata = object.path("metadata");
        this.ref = new ObjectRef(
                "Retry",
                metadata.path("namespace").asText(""),
                metadata.path("name").asText(""));
        this.created = metadata.path("creationTimestamp").asText("");
    }

    /** The rule that an object stands for; empty when it takes no effect. */
    public static Outcome<Optional<RetryRule>> read(JsonNode object) {
        RetryReader reader = new RetryReader(object);
        Optional<RetryRule> rule = reader.rule();
        return new Outcome<>(rule, reader.problems);
    }

    private Optional<RetryRule> rule() {
        Optional<RetryRule.Service> source = named(spec.path("source"), "ServiceAccount", "spec.source");
        List<RetryRule.Service> destinations = new ArrayList<>();
        JsonNode list = spec.path("destinations");
        for (int index = 0; index < list.size(); index++) {
            named(list.get(index), "Service", "spec.destinations[" + index + "]")
                    .ifPresent(destinations::add);
        }
        Optional<RetryPolicy> policy = policy(spec.path("retryPolicy"));
        return source.flatMap(caller -> policy.map(how ->
                new RetryRule(ref, created, new ServiceAccount(caller.namespace(), caller.name()), destinations, how)));
    }

    /** Any object of a kind, as a namespace and a name. */
    private Optional<RetryRule.Service> named(JsonNode node, String wanted, String field) {
        String kind = node.path("kind").asText("");
        String name = node.path("name").asText("");
        String namespace = node.path("namespace").asText("");
        if (kind.equals(wanted) && !name.isEmpty() && !namespace.isEmpty()) {
            return Optional.of(new RetryRule.Service(namespace, name));
        }
        problem(
                ProblemCode.M2009,
                field,
                "'" + kind + "' '" + namespace + "/" + name + "' is not a " + wanted + " with namespace and name.",
                "Use kind " + wanted + ", its name and its namespace.");
        return Optional.empty();
    }

    private Optional<RetryPolicy> policy(JsonNode policy) {
        List<String> words =
                new RetryWords(ref, problems).read(policy.path("retryOn").asText(""));
        Optional<Duration> perTry = duration(policy, "perTryTimeout", "0s", false);
        Optional<Duration> pause = duration(policy, "retryBackoffBaseInterval", USUAL_PAUSE, true);
        Optional<Integer> retries = retries(policy.path("numRetries"));
        return words.isEmpty() || perTry.isEmpty() || pause.isEmpty() || retries.isEmpty()
                ? Optional.empty()
                : Optional.of(new RetryPolicy(words, perTry.get(), retries.get(), pause.get()));
    }

    private Optional<Duration> duration(JsonNode policy, String field, String absent, boolean more) {
        String text = policy.path(field).asText(absent);
        Optional<Duration> read = GoDuration.parse(text).filter(duration -> !more || !duration.isZero());
        if (read.isEmpty()) {
            problem(
                    ProblemCode.M2035,
                    "spec.retryPolicy." + field,
                    "'" + text + "' is not a duration" + (more ? " of more than nothing" : "")
                            + ", so no call is tried again.",
                    "Write a duration such as 250ms or 1s there.");
        }
        return read;
    }

    private Optional<Integer> retries(JsonNode number) {
        if (number.isMissingNode() || number.isNull()) {
            return Optional.of(1);
        }
        if (number.isIntegralNumber() && number.canConvertToInt() && number.intValue() >= 0) {
            return Optional.of(number.intValue());
        }
        problem(
                ProblemCode.M1005,
                "spec.retryPolicy.numRetries",
                "'" + number.asText() + "' is not a number of tries.",
                "Write a whole number there, 0 for none.");
        return Optional.empty();
    }

    private void problem(ProblemCode code, String field, String message, String remedy) {
        problems.add(new Problem(code, ref, field, message, remedy));
    }
}
