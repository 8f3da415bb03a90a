package io.osmj.objects.read;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.osmj.core.state.EndpointState;
import java.util.stream.Stream;

/** Reads an EndpointSlice. */
public final class EndpointReader {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private EndpointReader() {}

    /** Its ready IPv4 addresses, once for each TCP port. */
    public static Stream<EndpointState> read(EndpointSlice slice) {
        String service = Fields.map(slice.getMetadata().getLabels()).get(SERVICE_NAME);
        if (service == null || !"IPv4".equals(slice.getAddressType())) {
            return Stream.empty();
        }
        return Fields.list(slice.getPorts()).stream()
                .filter(port -> Fields.tcp(port.getProtocol()) && port.getPort() != null)
                .flatMap(port -> Fields.list(slice.getEndpoints()).stream()
                        .filter(EndpointReader::ready)
                        .flatMap(endpoint -> addresses(slice, service, port, endpoint)));
    }

    private static Stream<EndpointState> addresses(
            EndpointSlice slice, String service, EndpointPort port, Endpoint endpoint) {
        return Fields.list(endpoint.getAddresses()).stream()
                .filter(Fields::ipv4)
                .map(address -> new EndpointState(
                        slice.getMetadata().getNamespace(),
                        service,
                        Fields.text(port.getName()),
                        address,
                        port.getPort(),
                        pod(endpoint)));
    }

    /** The API's rule: an unknown readiness counts as ready. */
    private static boolean ready(Endpoint endpoint) {
        return endpoint.getConditions() == null
                || endpoint.getConditions().getReady() == null
                || endpoint.getConditions().getReady();
    }

    private static String pod(Endpoint endpoint) {
        return endpoint.getTargetRef() != null
                        && "Pod".equals(endpoint.getTargetRef().getKind())
                ? Fields.text(endpoint.getTargetRef().getName())
                : "";
    }
}
