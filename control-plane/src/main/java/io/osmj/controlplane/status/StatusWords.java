package io.osmj.controlplane.status;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What OSM wrote into the status of some kinds, beside our condition: a word and a sentence. */
final class StatusWords {
    private static final String WORD = "currentStatus";
    private static final String REASON = "reason";

    private static final Set<String> KINDS = Set.of("IngressBackend", "UpstreamTrafficSetting");

    /** That a part has no effect was no error for OSM. */
    private static final Set<ProblemCode> HARMLESS =
            EnumSet.of(ProblemCode.M2025, ProblemCode.M2029, ProblemCode.M2030, ProblemCode.M2031);

    private StatusWords() {}

    /** What is to stand there; nothing for other kinds. */
    static Map<String, String> words(GenericKubernetesResource object, List<Problem> problems) {
        if (!KINDS.contains(object.getKind())) {
            return Map.of();
        }
        return problems.stream()
                .filter(problem -> !HARMLESS.contains(problem.code()))
                .findFirst()
                .map(problem -> Map.of(WORD, "error", REASON, problem.message()))
                .orElse(Map.of(WORD, "committed", REASON, "successfully committed by the system"));
    }

    static boolean stands(GenericKubernetesResource object, Map<String, String> words) {
        return words.entrySet().stream().allMatch(word -> word.getValue().equals(object.get("status", word.getKey())));
    }
}
