package io.osmj.controlplane.admission.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.List;

/** Egress policies, with OSM's messages. */
final class EgressValidator implements ObjectValidator {
    private static final String ROUTES = "HTTPRouteGroup";
    private static final String ROUTES_GROUP = "specs.smi-spec.io/v1alpha4";
    private static final String SETTING = "UpstreamTrafficSetting";
    private static final String SETTING_GROUP = "policy.openservicemesh.io/v1alpha1";

    @Override
    public List<Problem> check(JsonNode object) {
        Findings findings = new Findings("Egress", object);
        JsonNode spec = object.path("spec");
        int settings = 0;
        for (JsonNode match : spec.path("matches")) {
            settings += match.path("kind").asText().equals(SETTING) ? 1 : 0;
        }
        if (settings > 1) {
            findings.add(
                    ProblemCode.M2011,
                    "spec.matches",
                    "Cannot have more than 1 UpstreamTrafficSetting match",
                    "Keep one of them.");
        }
        Findings.each(spec.path("matches"), "spec.matches", (match, field) -> match(match, field, findings));
        Findings.each(spec.path("ipAddresses"), "spec.ipAddresses", (range, field) -> range(range, field, findings));
        return findings.problems();
    }

    private static void match(JsonNode match, String field, Findings findings) {
        String kind = match.path("kind").asText();
        switch (kind) {
            case ROUTES -> group(match, ROUTES_GROUP, field, findings);
            case SETTING -> group(match, SETTING_GROUP, field, findings);
            default ->
                findings.add(
                        ProblemCode.M2004,
                        field + ".kind",
                        "Expected 'matches.kind' for match '"
                                + match.path("name").asText()
                                + "' to be 'HTTPRouteGroup' or 'UpstreamTrafficSetting', got: " + kind,
                        "Use one of these two.");
        }
    }

    private static void group(JsonNode match, String wanted, String field, Findings findings) {
        String group = match.path("apiGroup").asText("");
        if (!group.equals(wanted)) {
            findings.add(
                    ProblemCode.M2004,
                    field + ".apiGroup",
                    "Expected 'matches.apiGroup' to be one of [" + wanted + "], got: " + group,
                    "Write " + wanted + " there.");
        }
    }

    private static void range(JsonNode range, String field, Findings findings) {
        if (Cidr.parse(range.asText()).isEmpty()) {
            findings.add(
                    ProblemCode.M1001,
                    field,
                    "'" + range.asText() + "' is not an IPv4 range.",
                    "Write a range such as 10.0.0.1/32 there.");
        }
    }
}
