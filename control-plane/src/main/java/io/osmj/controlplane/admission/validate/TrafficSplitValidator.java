package io.osmj.controlplane.admission.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** TrafficSplits. OSM checked none of this, and what it made of such objects Envoy refused. */
final class TrafficSplitValidator implements ObjectValidator {
    /** Envoy adds weights up as unsigned 32-bit numbers. */
    private static final double LARGEST_TOTAL = 4_294_967_295.0;

    @Override
    public List<Problem> check(JsonNode object) {
        Findings findings = new Findings("TrafficSplit", object);
        JsonNode spec = object.path("spec");
        if (spec.path("service").asText().isEmpty()) {
            findings.add(
                    ProblemCode.M1005, "spec.service", "There is no service to split.", "Name the service to split.");
        }
        Set<String> named = new HashSet<>();
        Findings.each(spec.path("backends"), "spec.backends", (backend, field) -> {
            String service = backend.path("service").asText();
            if (service.isEmpty() || !named.add(service)) {
                findings.add(
                        ProblemCode.M2011,
                        field + ".service",
                        service.isEmpty()
                                ? "The backend names no service."
                                : "The backend " + service + " stands twice.",
                        "Name each service once and give it the whole of its weight.");
            }
        });
        total(spec.path("backends"), findings);
        return findings.problems();
    }

    private static void total(JsonNode backends, Findings findings) {
        double total = 0;
        for (JsonNode backend : backends) {
            total += backend.path("weight").asDouble(0);
        }
        if (total <= 0 || total > LARGEST_TOTAL) {
            findings.add(
                    ProblemCode.M2013,
                    "spec.backends",
                    total > 0 ? "The weights add up to more than 4294967295." : "No backend has a weight above 0.",
                    "Give at least one backend a weight, and all together no more than 4294967295.");
        }
    }
}
