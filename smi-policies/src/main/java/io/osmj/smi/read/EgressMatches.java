package io.osmj.smi.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** What the matches of an Egress policy name, with OSM's messages. */
final class EgressMatches {
    private static final String ROUTES = "HTTPRouteGroup";
    private static final String ROUTES_GROUP = "specs.smi-spec.io/v1alpha4";
    private static final String SETTING = "UpstreamTrafficSetting";
    private static final String SETTING_GROUP = "policy.openservicemesh.io/v1alpha1";

    private final JsonNode matches;
    private final Faults faults;
    private final List<EgressPolicy.Group> groups = new ArrayList<>();
    private int settings;

    EgressMatches(JsonNode matches, Faults faults) {
        this.matches = matches;
        this.faults = faults;
    }

    List<EgressPolicy.Group> groups() {
        for (int index = 0; index < matches.size(); index++) {
            match(matches.get(index), "spec.matches[" + index + "]");
        }
        if (settings > 1) {
            faults.add(
                    ProblemCode.M2011,
                    "spec.matches",
                    "Cannot have more than 1 UpstreamTrafficSetting match",
                    "Keep one of them.");
        }
        return groups;
    }

    private void match(JsonNode match, String field) {
        String kind = match.path("kind").asText();
        String name = match.path("name").asText();
        switch (kind) {
            case ROUTES -> {
                group(match, ROUTES_GROUP, field);
                groups.add(new EgressPolicy.Group(
                        field + ".name", new ObjectRef(ROUTES, faults.ref().namespace(), name)));
            }
            case SETTING -> {
                group(match, SETTING_GROUP, field);
                settings++;
                faults.add(
                        ProblemCode.M2016,
                        field,
                        "The mesh does not limit what leaves it yet: '" + name
                                + "' limits neither connections nor rates here.",
                        "Take it out, so that nobody relies on it.");
            }
            default ->
                faults.add(
                        ProblemCode.M2004,
                        field + ".kind",
                        "Expected 'matches.kind' for match '" + name
                                + "' to be 'HTTPRouteGroup' or 'UpstreamTrafficSetting', got: " + kind,
                        "Use one of these two.");
        }
    }

    private void group(JsonNode match, String wanted, String field) {
        String group = match.path("apiGroup").asText("");
        if (!group.equals(wanted)) {
            faults.add(
                    ProblemCode.M2004,
                    field + ".apiGroup",
                    "Expected 'matches.apiGroup' to be one of [" + wanted + "], got: " + group,
                    "Write " + wanted + " there.");
        }
    }
}
