package io.osmj.objects.folder;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.osmj.objects.read.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** The endpoints that Kubernetes would find for a service by its selector. Every pod of a folder counts as ready. */
final class DerivedEndpoints {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private DerivedEndpoints() {}

    /** Slices of those services that no written slice belongs to; one slice a pod, because a named port differs by pod. */
    static List<EndpointSlice> of(List<ObjectNode> services, List<ObjectNode> pods, List<EndpointSlice> written) {
        Set<String> done = written.stream()
                .map(slice -> slice.getMetadata().getNamespace() + "/"
                        + Fields.map(slice.getMetadata().getLabels()).get(SERVICE_NAME))
                .collect(toSet());
        return services.stream()
                .filter(service -> !done.contains(metadata(service, "namespace") + "/" + metadata(service, "name")))
                .flatMap(service ->
                        pods.stream().filter(pod -> selects(service, pod)).flatMap(pod -> slice(service, pod)))
                .toList();
    }

    private static boolean selects(ObjectNode service, ObjectNode pod) {
        JsonNode selector = service.path("spec").path("selector");
        JsonNode labels = pod.path("metadata").path("labels");
        return !selector.isEmpty()
                && metadata(service, "namespace").equals(metadata(pod, "namespace"))
                && selector.properties().stream()
                        .allMatch(entry -> labels.path(entry.getKey()).equals(entry.getValue()));
    }

    private static Stream<EndpointSlice> slice(ObjectNode service, ObjectNode pod) {
        List<EndpointSlice> slices = new ArrayList<>();
        for (JsonNode port : service.path("spec").path("ports")) {
            OptionalInt target = target(port.path("targetPort"), pod);
            if (target.isPresent()) {
                slices.add(slice(service, pod, port, target.getAsInt()));
            }
        }
        return slices.stream();
    }

    private static EndpointSlice slice(ObjectNode service, ObjectNode pod, JsonNode port, int target) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(metadata(service, "namespace"))
                .withName(metadata(service, "name") + "-" + metadata(pod, "name"))
                .withLabels(Map.of(SERVICE_NAME, metadata(service, "name")))
                .endMetadata()
                .withAddressType("IPv4")
                .addNewEndpoint()
                .withAddresses(pod.path("status").path("podIP").asText())
                .withNewTargetRef()
                .withKind("Pod")
                .withName(metadata(pod, "name"))
                .endTargetRef()
                .endEndpoint()
                .addNewPort()
                .withName(port.path("name").asText(""))
                .withPort(target)
                .withProtocol(port.path("protocol").asText("TCP"))
                .endPort()
                .build();
    }

    /** A number, or the name of a container's port; empty when no container has it. */
    private static OptionalInt target(JsonNode targetPort, ObjectNode pod) {
        if (targetPort.isInt() || targetPort.isLong()) {
            return OptionalInt.of(targetPort.asInt());
        }
        for (JsonNode container : pod.path("spec").path("containers")) {
            for (JsonNode port : container.path("ports")) {
                if (port.path("name").asText("").equals(targetPort.asText())) {
                    return OptionalInt.of(port.path("containerPort").asInt());
                }
            }
        }
        return OptionalInt.empty();
    }

    private static String metadata(ObjectNode object, String field) {
        return object.path("metadata").path(field).asText("");
    }
}
