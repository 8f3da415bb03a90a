package io.osmj.controlplane.admission.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.config.read.TrafficSettingReader;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * UpstreamTrafficSettings: alone, and beside the others of the namespace. OSM has such a check, too, and never calls it. Of two that are
 * there all the same, as they were made before or at once, the older one holds.
 */
final class TrafficSettingValidator implements ObjectValidator {
    private final ObjectLookup lookup;

    TrafficSettingValidator(ObjectLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public List<Problem> check(JsonNode object) {
        Outcome<Optional<LimitRule>> read = TrafficSettingReader.read(object);
        List<Problem> problems = new ArrayList<>(read.problems());
        read.value().flatMap(this::taken).ifPresent(problems::add);
        return problems;
    }

    private Optional<Problem> taken(LimitRule rule) {
        return lookup.trafficSettings(rule.namespace()).stream()
                .flatMap(other -> TrafficSettingReader.read(other).value().stream())
                .filter(other -> other.service().equals(rule.service())
                        && !other.origin().equals(rule.origin()))
                .sorted()
                .findFirst()
                .map(other -> new Problem(
                        ProblemCode.M2028,
                        rule.origin(),
                        "spec.host",
                        other.origin() + " is for service " + rule.namespace() + "/" + rule.service() + " already.",
                        "Put all limits of a service into one object."));
    }
}
