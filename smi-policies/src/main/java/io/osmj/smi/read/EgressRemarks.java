package io.osmj.smi.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.policy.EgressRule.By;
import io.osmj.core.problem.ProblemCode;

/** What is to be said of an Egress policy that is whole: where less or more leaves by it than its author may think. */
final class EgressRemarks {
    private final EgressPolicy policy;
    private final Faults faults;

    private EgressRemarks(EgressPolicy policy, Faults faults) {
        this.policy = policy;
        this.faults = faults;
    }

    /** @param spec says how each port was written */
    static void add(EgressPolicy policy, JsonNode spec, Faults faults) {
        EgressRemarks remarks = new EgressRemarks(policy, faults);
        remarks.nobody();
        for (int index = 0; index < policy.ports().size(); index++) {
            remarks.port(
                    policy.ports().get(index).by(),
                    spec.path("ports").get(index),
                    "spec.ports[" + index + "].protocol");
        }
        remarks.narrowing();
    }

    private void nobody() {
        if (policy.sources().isEmpty()) {
            faults.add(
                    ProblemCode.M2003,
                    "spec.sources",
                    "The policy names no source, so it lets nobody out.",
                    "Name at least one ServiceAccount.");
        }
        if (policy.ports().isEmpty()) {
            faults.add(
                    ProblemCode.M2022,
                    "spec.ports",
                    "The policy names no port, so nothing leaves by it.",
                    "Name at least one port and its protocol.");
        }
    }

    private void port(By by, JsonNode written, String field) {
        String port = "Port " + written.path("number").asText() + " is "
                + written.path("protocol").asText();
        if (by == By.HTTP_HOST && policy.hosts().isEmpty()) {
            faults.add(
                    ProblemCode.M2022,
                    field,
                    port + ", which goes by hosts, and there are none: nothing leaves by it.",
                    "Name the hosts in spec.hosts, or use tcp and spec.ipAddresses.");
        }
        if (by == By.TLS_NAME && !policy.ranges().isEmpty()) {
            faults.add(
                    ProblemCode.M2023,
                    field,
                    port
                            + ", which goes by hosts, and the sidecar looks up where these are: the addresses do not narrow it.",
                    "Write the port into a policy of its own without spec.ipAddresses.");
        }
        if (by == By.ADDRESS && policy.ranges().isEmpty() && !policy.hosts().isEmpty()) {
            faults.add(
                    ProblemCode.M2023,
                    field,
                    port
                            + ", which goes by addresses: the hosts do not narrow it, and every address can be reached on it.",
                    "Write the addresses in spec.ipAddresses, or the port into a policy of its own.");
        }
    }

    private void narrowing() {
        if (!policy.ranges().isEmpty() && policy.ports().stream().allMatch(port -> port.by() == By.HTTP_HOST)) {
            faults.add(
                    ProblemCode.M2023,
                    "spec.ipAddresses",
                    "All ports are http, which goes by hosts, and the sidecar looks up where these are: the addresses narrow nothing.",
                    "Take them out, or use tcp for ports that are to go by addresses.");
        }
        if (!policy.groups().isEmpty() && policy.ports().stream().noneMatch(port -> port.by() == By.HTTP_HOST)) {
            faults.add(
                    ProblemCode.M2023,
                    "spec.matches",
                    "No port is http, so no request is seen and route groups narrow nothing.",
                    "Take them out, or use http for ports that carry requests in plain text.");
        }
    }
}
