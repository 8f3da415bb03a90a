package io.osmj.dapr.outbound;

import io.osmj.core.intercept.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What daprd needs of Dapr's control plane and of Kubernetes. */
public final class ControlPlaneNeeds {
    /** The Services daprd dials, and what it does not do without each (measured with egress closed). */
    private static final Map<String, String> DIALLED = Map.of(
            "dapr-sentry", "daprd waits for its identity and opens no port",
            "dapr-api", "daprd ends after 30 seconds",
            "dapr-placement-server", "daprd is never ready",
            "dapr-scheduler-server", "daprd is never ready",
            "dapr-scheduler-server-a", "daprd is never ready");

    private ControlPlaneNeeds() {}

    /** The needs by the Services there are, sorted by name. Services that daprd never dials make none. */
    public static List<Need> of(List<DaprService> services) {
        return services.stream()
                .filter(service -> DIALLED.containsKey(service.name()))
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .flatMap(service -> need(service).stream())
                .toList();
    }

    /** The API server, which daprd asks only when an application asks daprd for a secret. */
    public static Optional<Need> ofKubernetes(String clusterIp, int port) {
        return Cidr.parse(clusterIp + "/32")
                .map(address -> new Need(
                        "the Kubernetes API server",
                        Optional.of(address),
                        port,
                        "daprd's secrets API does not answer",
                        false));
    }

    private static Optional<Need> need(DaprService service) {
        var address = service.clusterIp().flatMap(ip -> Cidr.parse(ip + "/32"));
        var without = DIALLED.getOrDefault(service.name(), "");
        return service.dialled().map(port -> new Need(service.name(), address, port, without, true));
    }
}
