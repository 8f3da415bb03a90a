package io.osmj.injector.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.injector.pod.Pod;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Keeps the ports on which containers are about to listen from being taken for outgoing connections. Linux takes these from
 * 32768 to 60999, and daprd's 50001 and 50002 are among them: a connection of the sidecar or the application that got one of
 * the two before daprd started has it end with "address already in use". A sidecar makes such connections early, and more of them.
 *
 * <p>The parameter is one of those that Kubernetes calls safe since 1.27 and that its Pod Security Standards allow; a pod has its own.
 */
final class ListeningPorts {
    private static final String PARAMETER = "net.ipv4.ip_local_reserved_ports";
    private static final int FIRST = 32_768;
    private static final int LAST = 60_999;
    private static final List<Integer> DAPR = List.of(50_001, 50_002);

    private ListeningPorts() {}

    /** Changes the pod's tree; what its owner has reserved stays reserved. */
    static void reserve(Pod pod) {
        SortedSet<Integer> ports = of(pod);
        if (ports.isEmpty() || !(pod.spec() instanceof ObjectNode spec)) {
            return;
        }
        ArrayNode parameters = spec.withObjectProperty("securityContext").withArrayProperty("sysctls");
        Optional<ObjectNode> present = present(parameters);
        String reserved =
                present.map(parameter -> parameter.path("value").asText()).orElse("");
        String all = joined(reserved, ports);
        present.orElseGet(() -> parameters.addObject().put("name", PARAMETER)).put("value", all);
    }

    private static SortedSet<Integer> of(Pod pod) {
        SortedSet<Integer> ports = new TreeSet<>();
        for (var container : pod.allContainers()) {
            for (JsonNode port : container.tree().path("ports")) {
                ports.add(port.path("containerPort").intValue());
            }
        }
        if (pod.annotation("dapr.io/enabled").filter("true"::equalsIgnoreCase).isPresent()) {
            ports.addAll(DAPR);
        }
        return ports.subSet(FIRST, LAST + 1);
    }

    private static Optional<ObjectNode> present(ArrayNode parameters) {
        for (JsonNode parameter : parameters) {
            if (parameter instanceof ObjectNode found
                    && found.path("name").asText().equals(PARAMETER)) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** The kernel takes ports and ranges in any order, more than once too. */
    private static String joined(String reserved, SortedSet<Integer> ports) {
        List<String> words = List.of(reserved.split(",", -1));
        String ours = ports.stream()
                .map(String::valueOf)
                .filter(port -> !words.contains(port))
                .collect(Collectors.joining(","));
        return reserved.isEmpty() || ours.isEmpty() ? reserved + ours : reserved + "," + ours;
    }
}
