package io.osmj.smi.read;

import io.osmj.core.problem.ProblemCode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A host of an Egress policy. The sidecar looks its name up, so it has to be one that can be. */
final class EgressHost {
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
    private static final Pattern ADDRESS = Pattern.compile("(?:.*\\.)?[0-9]+");
    private static final Pattern WITH_PORT = Pattern.compile("[^:]+:[0-9]+");
    private static final int LONGEST = 253;

    private EgressHost() {}

    static Optional<String> read(String text, String field, Faults faults) {
        String lower = text.toLowerCase(Locale.ROOT);
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            faults.add(ProblemCode.M1005, field, "'" + text + "' is not a DNS name.", remedy(name));
        } else if (ADDRESS.matcher(name).matches()) {
            faults.add(
                    ProblemCode.M1005,
                    field,
                    "'" + text + "' is an address and not a DNS name.",
                    "Write it as a range in ipAddresses and give the port protocol tcp, or write the name of the host.");
        } else if (name.equals("localhost") || name.endsWith(".localhost")) {
            faults.add(
                    ProblemCode.M1005,
                    field,
                    "'" + text + "' is the pod itself and not outside the mesh.",
                    "Take it out: what a pod says to itself does not pass the sidecar.");
        } else {
            return Optional.of(name);
        }
        return Optional.empty();
    }

    private static String remedy(String name) {
        if (name.contains("*")) {
            return "Name each host by itself: the sidecar looks names up, and one with * cannot be.";
        }
        return WITH_PORT.matcher(name).matches()
                ? "Write the name alone; its port stands in spec.ports."
                : "Write a name such as api.example.com there.";
    }
}
