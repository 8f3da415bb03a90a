package io.osmj.smi.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads TrafficTargets. As in OSM, a target that lives away from its destination, has no rule, or has a rule of an unknown
 * kind takes no effect at all; unlike OSM this is said.
 */
public final class TrafficTargetReader {
    private final JsonNode spec;
    private final Faults faults;

    private TrafficTargetReader(JsonNode object) {
        this.spec = object.path("spec");
        this.faults = new Faults("TrafficTarget", object);
    }

    /** The target; empty when it takes no effect. */
    public static Outcome<Optional<TrafficTarget>> read(JsonNode object) {
        TrafficTargetReader reader = new TrafficTargetReader(object);
        Optional<TrafficTarget> target = reader.target();
        return new Outcome<>(target, reader.faults.problems());
    }

    private Optional<TrafficTarget> target() {
        Optional<ServiceAccount> destination = account(spec.path("destination"), "spec.destination");
        List<ServiceAccount> sources = sources();
        List<TrafficTarget.Rule> rules = rules();
        boolean known = rules.size() == spec.path("rules").size();
        if (destination.isEmpty() || rules.isEmpty() || !known || !atHome(destination.get())) {
            return Optional.empty();
        }
        return Optional.of(new TrafficTarget(faults.ref(), destination.get(), sources, rules));
    }

    private boolean atHome(ServiceAccount destination) {
        String own = faults.ref().namespace();
        if (destination.namespace().equals(own)) {
            return true;
        }
        faults.add(
                ProblemCode.M2001,
                "spec.destination.namespace",
                "The traffic target namespace (" + own + ") must match spec.Destination.Namespace ("
                        + destination.namespace() + ")",
                "Create the target in namespace " + destination.namespace() + ".");
        return false;
    }

    private List<ServiceAccount> sources() {
        List<ServiceAccount> sources = new ArrayList<>();
        JsonNode list = spec.path("sources");
        for (int index = 0; index < list.size(); index++) {
            account(list.get(index), "spec.sources[" + index + "]").ifPresent(sources::add);
        }
        if (sources.isEmpty()) {
            faults.add(
                    ProblemCode.M2003,
                    "spec.sources",
                    "The target names no source, so it allows nobody.",
                    "Name at least one ServiceAccount.");
        }
        return sources;
    }

    private Optional<ServiceAccount> account(JsonNode subject, String field) {
        String kind = subject.path("kind").asText("");
        String name = subject.path("name").asText("");
        if (!kind.equals("ServiceAccount") || name.isEmpty()) {
            faults.add(
                    ProblemCode.M2009,
                    field,
                    "'" + kind + "' '" + name + "' is not a ServiceAccount with a name.",
                    "Use kind ServiceAccount and its name.");
            return Optional.empty();
        }
        String namespace = subject.path("namespace").asText("");
        return Optional.of(new ServiceAccount(namespace.isEmpty() ? faults.ref().namespace() : namespace, name));
    }

    private List<TrafficTarget.Rule> rules() {
        List<TrafficTarget.Rule> rules = new ArrayList<>();
        JsonNode list = spec.path("rules");
        if (list.isEmpty()) {
            faults.add(
                    ProblemCode.M2002,
                    "spec.rules",
                    "The target has no rules, so it takes no effect.",
                    "Name an HTTPRouteGroup or a TCPRoute.");
        }
        for (int index = 0; index < list.size(); index++) {
            rule(list.get(index), "spec.rules[" + index + "]").ifPresent(rules::add);
        }
        return rules;
    }

    private Optional<TrafficTarget.Rule> rule(JsonNode rule, String field) {
        String kind = rule.path("kind").asText("");
        String name = rule.path("name").asText("");
        return switch (kind) {
            case "HTTPRouteGroup" -> Optional.of(new TrafficTarget.HttpRule(name, matches(rule, field)));
            case "TCPRoute" -> Optional.of(new TrafficTarget.TcpRule(name));
            default -> {
                faults.add(
                        ProblemCode.M2004,
                        field + ".kind",
                        "'" + kind + "' is not a kind of rule, so the whole target takes no effect.",
                        "Use HTTPRouteGroup or TCPRoute.");
                yield Optional.empty();
            }
        };
    }

    private List<String> matches(JsonNode rule, String field) {
        List<String> names = new ArrayList<>();
        rule.path("matches").forEach(match -> names.add(match.asText()));
        if (names.isEmpty()) {
            faults.add(
                    ProblemCode.M2007,
                    field + ".matches",
                    "The rule names no match of the route group, so it allows no HTTP request.",
                    "Name the matches that are allowed.");
        }
        return names;
    }
}
