package io.osmj.injector.annotation;

import io.osmj.core.intercept.Cidr;
import io.osmj.core.intercept.Interception;
import io.osmj.core.names.Annotations;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.injector.pod.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the four lists that a pod may carry. The wording of the faults is Open Service Mesh's; what is new is the upper
 * bound of a port, which iptables has too.
 */
public final class PodAnnotations {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");

    private final Pod pod;
    private final List<Problem> problems = new ArrayList<>();

    private PodAnnotations(Pod pod) {
        this.pod = pod;
    }

    /** The pod's own lists. A fault drops its item and is told; a pod with faults must not be created. */
    public static Outcome<Interception> read(Pod pod) {
        PodAnnotations reader = new PodAnnotations(pod);
        Interception lists = new Interception(
                reader.ports(Annotations.OUTBOUND_PORT_EXCLUSIONS),
                reader.ports(Annotations.INBOUND_PORT_EXCLUSIONS),
                reader.ranges(Annotations.OUTBOUND_RANGE_EXCLUSIONS),
                reader.ranges(Annotations.OUTBOUND_RANGE_INCLUSIONS),
                List.of());
        return new Outcome<>(lists, reader.problems);
    }

    private List<Integer> ports(String key) {
        return items(
                key,
                PodAnnotations::port,
                item -> problem(
                        ProblemCode.M1002,
                        key,
                        "Invalid port value '" + item + "' specified for annotation '" + key + "'.",
                        "List port numbers from 1 to 65535, separated by commas."));
    }

    private List<Cidr> ranges(String key) {
        return items(
                key,
                Cidr::parse,
                item -> problem(
                        ProblemCode.M1001,
                        key,
                        "Invalid IP range '" + item + "' specified for annotation '" + key + "'.",
                        "List IPv4 ranges like 10.0.0.0/8, separated by commas."));
    }

    private <T> List<T> items(String key, Function<String, Optional<T>> parse, Function<String, Problem> refusal) {
        Optional<String> value = pod.annotation(key);
        if (value.isEmpty()) {
            return List.of();
        }
        List<T> items = new ArrayList<>();
        for (String item : value.get().split(",", -1)) {
            parse.apply(item.strip()).ifPresentOrElse(items::add, () -> problems.add(refusal.apply(item.strip())));
        }
        return items;
    }

    private Problem problem(ProblemCode code, String key, String message, String remedy) {
        return new Problem(code, pod.ref(), "metadata.annotations[" + key + "]", message, remedy);
    }

    private static Optional<Integer> port(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= 65535 ? Optional.of(port) : Optional.empty();
    }
}
