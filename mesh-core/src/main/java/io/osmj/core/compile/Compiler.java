package io.osmj.core.compile;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.service.AppProtocol;
import io.osmj.core.service.Endpoint;
import io.osmj.core.service.MeshService;
import io.osmj.core.state.ClusterState;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.PodState;
import io.osmj.core.state.ServiceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Joins services, endpoints and pods to the model that plans are made from. */
public final class Compiler {
    private final ClusterState state;
    private final Map<PodKey, PodState> pods;
    private final Map<PortKey, List<EndpointState>> endpoints;
    private final List<Problem> problems = new ArrayList<>();

    private Compiler(ClusterState state) {
        this.state = state;
        this.pods = state.pods().stream()
                .collect(toMap(pod -> new PodKey(pod.namespace(), pod.name()), pod -> pod, (first, second) -> second));
        this.endpoints = state.endpoints().stream()
                .collect(groupingBy(seen -> new PortKey(seen.namespace(), seen.service(), seen.portName())));
    }

    private record PodKey(String namespace, String name) {}

    private record PortKey(String namespace, String service, String portName) {}

    /** The model of what was seen. A service port that cannot be carried is left out and reported. */
    public static Outcome<MeshModel> compile(ClusterState state) {
        return new Compiler(state).model();
    }

    private Outcome<MeshModel> model() {
        List<MeshService> services = state.services().stream()
                .flatMap(service -> service.ports().stream().flatMap(port -> meshService(service, port).stream()))
                .sorted()
                .toList();
        Map<String, PodState> meshed = state.pods().stream()
                .filter(PodState::meshed)
                .collect(toMap(PodState::uid, pod -> pod, (first, second) -> second));
        return new Outcome<>(
                new MeshModel(state.trustDomain(), state.settings(), services, meshed, state.rules()), problems);
    }

    private Optional<MeshService> meshService(ServiceState service, ServiceState.Port port) {
        Optional<AppProtocol> protocol = port.appProtocol().isEmpty()
                ? Optional.of(AppProtocol.ofPortName(port.name()))
                : AppProtocol.of(port.appProtocol());
        if (protocol.isEmpty()) {
            problems.add(unknownProtocol(service, port));
        }
        return protocol.map(known -> new MeshService(
                service.namespace(),
                service.name(),
                port.number(),
                known,
                service.clusterIps(),
                endpointsOf(service, port)));
    }

    private List<Endpoint> endpointsOf(ServiceState service, ServiceState.Port port) {
        return endpoints.getOrDefault(new PortKey(service.namespace(), service.name(), port.name()), List.of()).stream()
                .map(this::endpoint)
                .toList();
    }

    /** An address no pod answers for has no account, so no rule can ever allow it; it is called in plain text. */
    private Endpoint endpoint(EndpointState seen) {
        PodState pod = pods.get(new PodKey(seen.namespace(), seen.pod()));
        return pod == null
                ? new Endpoint(seen.address(), seen.port(), new ServiceAccount(seen.namespace(), ""), false)
                : new Endpoint(seen.address(), seen.port(), pod.account(), pod.meshed());
    }

    private static Problem unknownProtocol(ServiceState service, ServiceState.Port port) {
        return new Problem(
                ProblemCode.M3001,
                new ObjectRef("Service", service.namespace(), service.name()),
                "spec.ports[" + port.number() + "].appProtocol",
                "appProtocol '" + port.appProtocol() + "' is not one the mesh carries, so the port cannot be reached"
                        + " through the mesh.",
                "Use http, grpc, tcp or tcp-server-first; for TLS of the application itself use tcp.");
    }
}
