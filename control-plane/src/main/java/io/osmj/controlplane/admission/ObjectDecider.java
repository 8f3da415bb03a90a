package io.osmj.controlplane.admission;

import static java.util.stream.Collectors.partitioningBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.controlplane.admission.validate.ObjectValidator;
import io.osmj.controlplane.admission.validate.Severity;
import io.osmj.core.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks objects of the mesh's own kinds and refuses those that could not take effect as they are written. */
final class ObjectDecider implements Decider {
    private final Map<String, ObjectValidator> validators;

    /**
     * With the kinds it knows.
     *
     * @param validators by {@code group/kind}
     */
    ObjectDecider(Map<String, ObjectValidator> validators) {
        this.validators = new TreeMap<>(validators);
    }

    @Override
    public Decision decide(Review review) {
        ObjectNode object = review.object();
        if (object == null || !review.subresource().isEmpty()) {
            return Decision.Allowed.SILENTLY;
        }
        String kind = review.group() + "/" + review.kind();
        ObjectValidator validator = validators.get(kind);
        if (validator == null) {
            return new Decision.Denied("The mesh does not know the kind " + kind + ", so it cannot check it; it knows "
                    + String.join(", ", validators.keySet()) + ".");
        }
        return decide(validator.check(object));
    }

    private static Decision decide(List<Problem> problems) {
        Map<Boolean, List<Problem>> bySeverity =
                problems.stream().sorted().distinct().collect(partitioningBy(Severity::refuses));
        List<Problem> faults = bySeverity.getOrDefault(true, List.of());
        List<String> warnings = Wording.lines(bySeverity.getOrDefault(false, List.of()));
        return faults.isEmpty()
                ? new Decision.Allowed(warnings)
                : new Decision.Denied(Wording.refusal("The mesh cannot use this object", faults), warnings);
    }
}
