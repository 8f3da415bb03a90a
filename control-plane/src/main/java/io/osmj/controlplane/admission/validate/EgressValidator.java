package io.osmj.controlplane.admission.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.smi.read.EgressPolicy;
import io.osmj.smi.read.EgressReader;
import io.osmj.smi.read.HttpRouteGroupReader;
import io.osmj.smi.resolve.EgressBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Egress policies: alone, and together with the route groups they name, which may still be to come. */
final class EgressValidator implements ObjectValidator {
    private final ObjectLookup lookup;

    EgressValidator(ObjectLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public List<Problem> check(JsonNode object) {
        Outcome<Optional<EgressPolicy>> read = EgressReader.read(object);
        List<Problem> problems = new ArrayList<>(read.problems());
        read.value().ifPresent(policy -> problems.addAll(unresolved(policy)));
        return problems;
    }

    /** What the control plane would say if there were this policy and the groups that are there now. */
    private List<Problem> unresolved(EgressPolicy policy) {
        EgressBook book = new EgressBook();
        for (EgressPolicy.Group named : policy.groups()) {
            switch (lookup.find(named.ref())) {
                case ObjectLookup.Found(JsonNode group) ->
                    book.routeGroup(
                            named.ref(),
                            Optional.of(HttpRouteGroupReader.read(group).value()));
                case ObjectLookup.Absent _ -> {}
                case ObjectLookup.Unknown _ -> {
                    return List.of();
                }
            }
        }
        book.policy(policy.ref(), Optional.of(policy));
        book.takeChanges();
        return book.problems();
    }
}
