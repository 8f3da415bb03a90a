package io.osmj.objects.read;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.osmj.core.state.ServiceState;
import java.util.List;
import java.util.Optional;

/** Reads a Service. */
public final class ServiceReader {
    private static final String HEADLESS = "None";

    private ServiceReader() {}

    /** The service; empty for a name that stands for a host elsewhere and for one without an IPv4 address (yet). */
    public static Optional<ServiceState> read(Service service) {
        ServiceSpec spec = service.getSpec();
        boolean headless = HEADLESS.equals(spec.getClusterIP());
        List<String> addresses =
                Fields.list(spec.getClusterIPs()).stream().filter(Fields::ipv4).toList();
        if ("ExternalName".equals(spec.getType()) || (!headless && addresses.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new ServiceState(
                service.getMetadata().getNamespace(),
                service.getMetadata().getName(),
                addresses,
                Fields.list(spec.getPorts()).stream()
                        .filter(port -> Fields.tcp(port.getProtocol()))
                        .map(ServiceReader::port)
                        .toList()));
    }

    private static ServiceState.Port port(ServicePort port) {
        return new ServiceState.Port(Fields.text(port.getName()), port.getPort(), Fields.text(port.getAppProtocol()));
    }
}
