package io.osmj.controlplane.admission.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.smi.read.HttpRouteGroup;
import io.osmj.smi.read.HttpRouteGroupReader;
import io.osmj.smi.read.TcpRoute;
import io.osmj.smi.read.TcpRouteReader;
import io.osmj.smi.read.TrafficTarget;
import io.osmj.smi.read.TrafficTargetReader;
import io.osmj.smi.resolve.SmiPolicies;
import io.osmj.smi.resolve.SmiResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** TrafficTargets: alone, and together with the routes they name, which may still be to come. */
final class TrafficTargetValidator implements ObjectValidator {
    private final ObjectLookup lookup;

    TrafficTargetValidator(ObjectLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public List<Problem> check(JsonNode object) {
        Outcome<Optional<TrafficTarget>> read = TrafficTargetReader.read(object);
        List<Problem> problems = new ArrayList<>(read.problems());
        read.value().ifPresent(target -> problems.addAll(unresolved(target)));
        return problems;
    }

    /** What the resolver would say if there were this target and the routes that are there now. */
    private List<Problem> unresolved(TrafficTarget target) {
        List<HttpRouteGroup> groups = new ArrayList<>();
        List<TcpRoute> routes = new ArrayList<>();
        for (TrafficTarget.Rule rule : target.rules()) {
            boolean known = switch (rule) {
                case TrafficTarget.HttpRule http ->
                    find("HTTPRouteGroup", target, http, groups, HttpRouteGroupReader::read);
                case TrafficTarget.TcpRule tcp -> find("TCPRoute", target, tcp, routes, TcpRouteReader::read);
            };
            if (!known) {
                return List.of();
            }
        }
        return SmiResolver.resolve(new SmiPolicies(List.of(target), groups, routes))
                .problems();
    }

    private interface Reader<T> {
        Outcome<T> read(JsonNode object);
    }

    /** Adds the object a rule names if it exists; false when nobody knows whether it does. */
    private <T> boolean find(
            String kind, TrafficTarget target, TrafficTarget.Rule rule, List<T> found, Reader<T> reader) {
        ObjectRef ref = new ObjectRef(kind, target.ref().namespace(), rule.name());
        return switch (lookup.find(ref)) {
            case ObjectLookup.Found(JsonNode object) ->
                found.add(reader.read(object).value());
            case ObjectLookup.Absent _ -> true;
            case ObjectLookup.Unknown _ -> false;
        };
    }
}
