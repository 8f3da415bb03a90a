package io.osmj.controlplane.admission.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.problem.Problem;
import java.util.List;

/** Checks objects of one kind. */
@FunctionalInterface
public interface ObjectValidator {
    /** Everything that is wrong with an object, be it serious or not; in any order. */
    List<Problem> check(JsonNode object);
}
