package io.osmj.injector.intercept;

import io.osmj.core.intercept.Interception;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What lists must keep to before they become rules. Whoever read them has looked already; this is the last look before
 * words of a user stand in a text that the kernel's tools read.
 */
public final class InterceptionCheck {
    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9_.@:-]{1,15}");

    private InterceptionCheck() {}

    /** The faults of the lists, told of the object given. */
    public static List<Problem> problems(Interception lists, ObjectRef object) {
        return Stream.of(
                        ports(lists.outboundPorts(), "outboundPorts", object),
                        ports(lists.inboundPorts(), "inboundPorts", object),
                        interfaces(lists.interfaces(), object))
                .flatMap(problems -> problems)
                .toList();
    }

    private static Stream<Problem> ports(List<Integer> ports, String field, ObjectRef object) {
        return ports.stream()
                .filter(port -> port < 1 || port > 65535)
                .map(port -> new Problem(
                        ProblemCode.M1002,
                        object,
                        field,
                        "The port " + port + " to be left alone does not exist.",
                        "List ports from 1 to 65535."));
    }

    private static Stream<Problem> interfaces(List<String> names, ObjectRef object) {
        return names.stream()
                .filter(name -> !INTERFACE.matcher(name).matches())
                .map(name -> new Problem(
                        ProblemCode.M1006,
                        object,
                        "interfaces",
                        "'" + name + "' is not the name of a network interface.",
                        "Name interfaces of at most 15 letters, digits, dots, dashes, underscores, colons or @."));
    }
}
