package io.osmj.core.plan;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import io.osmj.core.compile.MeshModel;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.plan.Destination.Access;
import io.osmj.core.plan.Destination.Allowed;
import io.osmj.core.plan.Destination.Backend;
import io.osmj.core.plan.Destination.Denied;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.service.Endpoint;
import io.osmj.core.service.MeshService;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a workload may dial. */
final class OutboundPlanner {
    private final MeshModel model;
    private final Map<ServiceAccount, Set<ServiceAccount>> callees;

    OutboundPlanner(MeshModel model) {
        this.model = model;
        this.callees = model.rules().stream()
                .flatMap(rule -> rule.sources().stream().map(source -> new Edge(source, rule)))
                .collect(groupingBy(Edge::source, mapping(edge -> edge.rule().destination(), toSet())));
    }

    private record Edge(ServiceAccount source, AllowRule rule) {}

    List<Destination> destinations(ServiceAccount caller, List<Problem> problems) {
        TreeMap<String, Destination> byKey = new TreeMap<>();
        for (MeshService service : model.services()) {
            for (Destination destination : destinations(service, caller)) {
                Destination present = byKey.putIfAbsent(destination.key(), destination);
                if (present != null && !present.label().equals(destination.label())) {
                    join(byKey, service, present, destination, problems);
                }
            }
        }
        return List.copyOf(byKey.values());
    }

    private List<Destination> destinations(MeshService service, ServiceAccount caller) {
        if (!service.headless()) {
            return service.clusterIps().stream()
                    .map(address -> destination(service, address, service.port(), service.endpoints(), caller))
                    .toList();
        }
        return service.endpoints().stream()
                .map(pod -> destination(service, pod.address(), pod.port(), List.of(pod), caller))
                .toList();
    }

    private Destination destination(
            MeshService service, String address, int port, List<Endpoint> endpoints, ServiceAccount caller) {
        return new Destination(
                address, port, service.protocol().http(), service.label(), service.fqdn(), access(endpoints, caller));
    }

    private Access access(List<Endpoint> endpoints, ServiceAccount caller) {
        List<Endpoint> reachable = endpoints;
        if (!model.settings().traffic().permissive()) {
            Set<ServiceAccount> allowed = callees.getOrDefault(caller, new TreeSet<>());
            // Without a sidecar nobody enforces the rule at the server, so strict mode does not send anything there.
            reachable = endpoints.stream()
                    .filter(endpoint -> endpoint.meshed() && allowed.contains(endpoint.account()))
                    .toList();
            if (reachable.isEmpty()) {
                return new Denied();
            }
        }
        return new Allowed(
                reachable.stream()
                        .map(endpoint -> new Backend(endpoint.address(), endpoint.port(), endpoint.meshed()))
                        .toList(),
                reachable.stream()
                        .filter(Endpoint::meshed)
                        .map(endpoint -> endpoint.account().in(model.trustDomain()))
                        .toList());
    }

    /**
     * Two headless services that select the same pods share its addresses. One destination serves both; OSM made two equal
     * filter chains of them and Envoy refused the whole listener.
     */
    private static void join(
            Map<String, Destination> byKey,
            MeshService service,
            Destination present,
            Destination other,
            List<Problem> problems) {
        if (present.http() == other.http()) {
            return;
        }
        byKey.put(present.key(), present.http() ? other : present);
        problems.add(new Problem(
                ProblemCode.M3003,
                new ObjectRef("Service", service.namespace(), service.name()),
                "spec.ports[" + service.port() + "].appProtocol",
                "Address " + present.key() + " is also that of " + present.label()
                        + " with another protocol, so it is carried as TCP.",
                "Give both ports the same appProtocol."));
    }
}
