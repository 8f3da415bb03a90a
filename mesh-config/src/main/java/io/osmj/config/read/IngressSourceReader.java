package io.osmj.config.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.policy.IngressRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the sources of an IngressBackend. */
final class IngressSourceReader {
    private final ObjectRef ref;
    private final List<Problem> problems;

    /** @param problems where problems are noted */
    IngressSourceReader(ObjectRef ref, List<Problem> problems) {
        this.ref = ref;
        this.problems = problems;
    }

    /** The sources that can be used. */
    List<IngressRule.Source> read(JsonNode list) {
        List<IngressRule.Source> sources = new ArrayList<>();
        for (int index = 0; list.isArray() && index < list.size(); index++) {
            source(list.get(index), "spec.sources[" + index + "]").ifPresent(sources::add);
        }
        return sources;
    }

    private Optional<IngressRule.Source> source(JsonNode source, String field) {
        String name = source.path("name").asText("");
        String namespace = source.path("namespace").asText("");
        String kind = source.path("kind").asText("");
        return switch (kind) {
            case "Service" -> {
                boolean named = present(name, "name", kind, field);
                boolean placed = present(namespace, "namespace", kind, field);
                yield named && placed ? Optional.of(new IngressRule.Endpoints(namespace, name)) : Optional.empty();
            }
            case "AuthenticatedPrincipal" ->
                present(name, "name", kind, field) ? Optional.of(new IngressRule.Client(name)) : Optional.empty();
            case "IPRange" -> range(name, field);
            default -> {
                problem(
                        ProblemCode.M2009,
                        field + ".kind",
                        "Invalid 'source.kind' value specified. Must be one of: Service, AuthenticatedPrincipal, IPRange",
                        "Use one of these three.");
                yield Optional.empty();
            }
        };
    }

    private boolean present(String value, String part, String kind, String field) {
        if (value.isEmpty()) {
            problem(
                    ProblemCode.M1005,
                    field + "." + part,
                    "'source." + part + "' not specified for source kind " + kind,
                    "Write the " + part + " there.");
        }
        return !value.isEmpty();
    }

    private Optional<IngressRule.Source> range(String name, String field) {
        Optional<Cidr> range = Cidr.parse(name);
        if (range.isEmpty()) {
            problem(
                    ProblemCode.M1001,
                    field + ".name",
                    "Invalid 'source.name' value specified for IPRange. Expected CIDR notation 'a.b.c.d/x', got '"
                            + name + "'",
                    "Write an IPv4 range such as 10.0.0.0/8 there.");
        }
        return range.map(IngressRule.Range::new);
    }

    private void problem(ProblemCode code, String field, String message, String remedy) {
        problems.add(new Problem(code, ref, field, message, remedy));
    }
}
