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

/** Joins one service with its endpoints and the pods behind them. */
final class ServiceCompiler {
    private final ServiceState service;
    private final List<EndpointState> endpoints;
    private final PodIndex pods;
    private final List<Problem> problems = new ArrayList<>();

    private ServiceCompiler(ServiceState service, List<EndpointState> endpoints, PodIndex pods) {
        this.service = service;
        this.endpoints = endpoints;
        this.pods = pods;
    }

    /** The ports of the service, sorted. One that cannot be carried is left out and reported. */
    static Outcome<List<MeshService>> compile(ServiceState service, List<EndpointState> endpoints, PodIndex pods) {
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
        Optional<PodState> named = pods.find(new ObjectKey(seen.namespace(), seen.pod()));
        Optional<PodState> foreign =
                named.filter(pod -> pod.address().equals(seen.address())).isPresent()
                        ? Optional.empty()
                        : pods.foreignAt(seen.address(), seen.namespace());
        foreign.ifPresent(pod -> problems.add(foreign(pod)));
        return foreign.or(() -> named)
                .map(pod -> new Endpoint(seen.address(), seen.port(), pod.account(), pod.meshed()))
                .or(() -> Optional.of(new Endpoint(
                                seen.address(), seen.port(), new ServiceAccount(seen.namespace(), ""), false))
                        .filter(_ -> seen.pod().isEmpty()));
    }

    /**
     * A slice may list any address. Whose pod it is decides who may call it and which certificate is expected there, whatever the
     * slice says, and what is spoken on its ports is said by its own namespace.
     */
    private Problem foreign(PodState pod) {
        return new Problem(
                ProblemCode.M2032,
                new ObjectRef("Service", service.namespace(), service.name()),
                "endpoints",
                "An EndpointSlice of this service lists " + pod.address() + ", which is pod " + pod.namespace() + "/"
                        + pod.name() + " of another namespace. It opens no port of that pod and does not say what is"
                        + " spoken there, and only who may call service account " + pod.account()
                        + " gets there by this service.",
                "Let clients call a service of namespace " + pod.namespace()
                        + " instead, or take the address out of the slice.");
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
