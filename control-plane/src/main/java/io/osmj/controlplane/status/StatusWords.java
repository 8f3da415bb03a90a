package io.osmj.controlplane.status;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.List;
import java.util.Map;

/** What OSM wrote into the status of an IngressBackend, beside our condition: a word and a sentence. */
final class IngressStatus {
    private static final String WORD = "currentStatus";
    private static final String REASON = "reason";

    private IngressStatus() {}

    /** What is to stand there; nothing for other kinds. That a part has no effect was no error for OSM. */
    static Map<String, String> words(GenericKubernetesResource object, List<Problem> problems) {
        if (!object.getKind().equals("IngressBackend")) {
            return Map.of();
        }
        return problems.stream()
                .filter(problem -> problem.code() != ProblemCode.M2025)
                .findFirst()
                .map(problem -> Map.of(WORD, "error", REASON, problem.message()))
                .orElse(Map.of(WORD, "committed", REASON, "successfully committed by the system"));
    }

    static boolean stands(GenericKubernetesResource object, Map<String, String> words) {
        return words.entrySet().stream().allMatch(word -> word.getValue().equals(object.get("status", word.getKey())));
    }
}
