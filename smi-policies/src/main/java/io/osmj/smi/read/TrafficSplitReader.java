package io.osmj.smi.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.policy.SplitRule;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads TrafficSplits of {@code split.smi-spec.io/v1alpha2}. OSM checked nothing here, and what it made of such objects Envoy
 * refused; here an object with a fault takes no effect, and the service that is called answers by itself.
 */
public final class TrafficSplitReader {
    /** What may follow the name of a service and its namespace; OSM 1.2 took all of these and its documents use them. */
    private static final Set<String> SUFFIXES = Set.of("", ".svc", ".svc.cluster", ".svc.cluster.local");

    private final JsonNode spec;
    private final Faults faults;

    private TrafficSplitReader(JsonNode object) {
        this.spec = object.path("spec");
        this.faults = new Faults("TrafficSplit", object);
    }

    /** The rule; empty when the object takes no effect. */
    public static Outcome<Optional<SplitRule>> read(JsonNode object) {
        TrafficSplitReader reader = new TrafficSplitReader(object);
        String service = reader.service(reader.spec.path("service"), "spec.service");
        List<SplitRule.Backend> backends = reader.backends();
        reader.total(backends);
        return new Outcome<>(
                reader.faults.problems().isEmpty()
                        ? Optional.of(new SplitRule(reader.faults.ref(), service, backends))
                        : Optional.empty(),
                reader.faults.problems());
    }

    private List<SplitRule.Backend> backends() {
        List<SplitRule.Backend> backends = new ArrayList<>();
        Set<String> named = new HashSet<>();
        JsonNode list = spec.path("backends");
        for (int index = 0; list.isArray() && index < list.size(); index++) {
            String field = "spec.backends[" + index + "]";
            String service = service(list.get(index).path("service"), field + ".service");
            if (!service.isEmpty() && !named.add(service)) {
                faults.add(
                        ProblemCode.M2011,
                        field + ".service",
                        "The backend " + service + " stands twice.",
                        "Name each service once and give it the whole of its weight.");
            }
            backends.add(new SplitRule.Backend(service, weight(list.get(index).path("weight"), field + ".weight")));
        }
        return backends;
    }

    /** The name without the namespace, which is that of the object; empty where there is a fault. */
    private String service(JsonNode node, String field) {
        String word = node.asText("");
        int dot = word.indexOf('.');
        String name = dot < 0 ? word : word.substring(0, dot);
        String rest = dot < 0 ? "" : word.substring(dot + 1);
        String namespace = faults.ref().namespace();
        boolean here = dot < 0 || (rest.startsWith(namespace) && SUFFIXES.contains(rest.substring(namespace.length())));
        if (name.isEmpty() || !here) {
            faults.add(
                    ProblemCode.M1005,
                    field,
                    name.isEmpty()
                            ? "No service is named."
                            : "'" + word + "' is not a service of the namespace of the split.",
                    "Name a service in namespace " + namespace + ".");
            return "";
        }
        return name;
    }

    private double weight(JsonNode node, String field) {
        double weight = node.asDouble(0);
        if (weight >= 0 && Double.isFinite(weight)) {
            return weight;
        }
        faults.add(
                ProblemCode.M2013,
                field,
                "A weight cannot be " + node.asText() + ".",
                "Write a number from 0 upwards.");
        return 0;
    }

    private void total(List<SplitRule.Backend> backends) {
        if (backends.stream().noneMatch(backend -> backend.weight() > 0)) {
            faults.add(
                    ProblemCode.M2013,
                    "spec.backends",
                    "No backend has a weight above 0, so the split takes no effect.",
                    "Give at least one backend a weight.");
        }
    }
}
