package io.osmj.core.compile;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.service.AppProtocol;
import io.osmj.core.service.Endpoint;
import io.osmj.core.service.MeshService;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.PodState;
import io.osmj.core.state.ServiceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Joins one service with its endpoints and the pods behind them. */
final class ServiceCompiler {
    private final ServiceState service;
    private final List<EndpointState> endpoints;
    private final Function<ObjectKey, Optional<PodState>> pods;
    private final List<Problem> problems = new ArrayList<>();

    private ServiceCompiler(
            ServiceState service, List<EndpointState> endpoints, Function<ObjectKey, Optional<PodState>> pods) {
        this.service = service;
        this.endpoints = endpoints;
        this.pods = pods;
    }

    /** The ports of the service, sorted. One that cannot be carried is left out and reported. */
    static Outcome<List<MeshService>> compile(
            ServiceState service, List<EndpointState> endpoints, Function<ObjectKey, Optional<PodState>> pods) {
        ServiceCompiler compiler = new ServiceCompiler(service, endpoints, pods);
        List<MeshService> ports = service.ports().stream()
                .flatMap(port -> compiler.port(port).stream())
                .sorted()
                .toList();
        return new Outcome<>(ports, compiler.problems);
    }

    private Optional<MeshService> port(ServiceState.Port port) {
        Optional<AppProtocol> protocol = port.appProtocol().isEmpty()
                ? Optional.of(AppProtocol.ofPortName(port.name()))
                : AppProtocol.of(port.appProtocol());
        if (protocol.isEmpty()) {
            problems.add(unknownProtocol(port));
        }
        return protocol.map(known -> new MeshService(
                service.namespace(),
                service.name(),
                port.number(),
                known,
                service.clusterIps(),
                endpointsOf(port),
                List.of()));
    }

    private List<Endpoint> endpointsOf(ServiceState.Port port) {
        return endpoints.stream()
                .filter(seen -> seen.portName().equals(port.name()))
                .flatMap(seen -> endpoint(seen).stream())
                .toList();
    }

    /**
     * An address no pod answers for has no account, so no rule can ever allow it; it is called in plain text. One that a pod
     * answers for which was not seen yet is left out until then: who calls a meshed pod in plain text is turned away.
     */
    private Optional<Endpoint> endpoint(EndpointState seen) {
        return seen.pod().isEmpty()
                ? Optional.of(
                        new Endpoint(seen.address(), seen.port(), new ServiceAccount(seen.namespace(), ""), false))
                : pods.apply(new ObjectKey(seen.namespace(), seen.pod()))
                        .map(pod -> new Endpoint(seen.address(), seen.port(), pod.account(), pod.meshed()));
    }

    private Problem unknownProtocol(ServiceState.Port port) {
        return new Problem(
                ProblemCode.M3001,
                new ObjectRef("Service", service.namespace(), service.name()),
                "spec.ports[" + port.number() + "].appProtocol",
                "appProtocol '" + port.appProtocol() + "' is not one the mesh carries, so the port cannot be reached"
                        + " through the mesh.",
                "Use http, grpc, tcp or tcp-server-first; for TLS of the application itself use tcp.");
    }
}
