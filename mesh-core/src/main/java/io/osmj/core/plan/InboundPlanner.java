package io.osmj.core.plan;

import static java.util.stream.Collectors.groupingBy;

import io.osmj.core.compile.MeshModel;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.policy.TcpAllowance;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.service.Endpoint;
import io.osmj.core.service.MeshService;
import io.osmj.core.state.PodState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What peers may reach of a pod, and which of them. */
final class InboundPlanner {
    private final MeshModel model;
    private final Map<String, List<MeshService>> servicesByAddress = new HashMap<>();
    private final Map<ServiceAccount, List<AllowRule>> rules;

    InboundPlanner(MeshModel model) {
        this.model = model;
        for (MeshService service : model.services()) {
            service.endpoints().stream()
                    .map(Endpoint::address)
                    .distinct()
                    .forEach(address -> servicesByAddress
                            .computeIfAbsent(address, _ -> new ArrayList<>())
                            .add(service));
        }
        this.rules = model.rules().stream().collect(groupingBy(AllowRule::destination));
    }

    List<InboundPort> ports(PodState pod, List<Problem> problems) {
        TreeMap<Integer, MeshService> byPort = new TreeMap<>();
        for (MeshService service : servicesByAddress.getOrDefault(pod.address(), List.of())) {
            for (Endpoint endpoint : service.endpoints()) {
                if (endpoint.address().equals(pod.address())
                        && !pod.loopbackPorts().contains(endpoint.port())) {
                    add(byPort, endpoint.port(), service, problems);
                }
            }
        }
        return byPort.entrySet().stream()
                .map(entry -> port(pod, entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The first service by name speaks for a port; TCP carries anything, so it wins where services disagree. */
    private static void add(Map<Integer, MeshService> byPort, int port, MeshService service, List<Problem> problems) {
        MeshService present = byPort.putIfAbsent(port, service);
        if (present == null || present.protocol().http() == service.protocol().http()) {
            return;
        }
        MeshService tcp = present.protocol().http() ? service : present;
        MeshService http = present.protocol().http() ? present : service;
        byPort.put(port, tcp);
        problems.add(new Problem(
                ProblemCode.M3002,
                new ObjectRef("Service", http.namespace(), http.name()),
                "spec.ports[" + http.port() + "].appProtocol",
                "Port " + port + " of its pods is HTTP here and TCP in service " + tcp.namespace() + "/" + tcp.name()
                        + ", so it is carried as TCP and HTTP rules do not apply.",
                "Give both ports the same appProtocol."));
    }

    private InboundPort port(PodState pod, int port, MeshService service) {
        boolean http = service.protocol().http();
        String address = model.settings().sidecar().podIpMode() ? pod.address() : "127.0.0.1";
        return new InboundPort(port, http, address, service.label(), authorization(pod.account(), port, http));
    }

    private Authorization authorization(ServiceAccount destination, int port, boolean http) {
        if (model.settings().traffic().permissive()) {
            return new Authorization.AnyMeshPeer();
        }
        return new Authorization.Granted(rules.getOrDefault(destination, List.of()).stream()
                .flatMap(rule -> grant(rule, port, http).stream())
                .toList());
    }

    private Optional<Authorization.Grant> grant(AllowRule rule, int port, boolean http) {
        List<SpiffeId> peers = rule.sources().stream()
                .map(source -> source.in(model.trustDomain()))
                .toList();
        List<HttpMatch> requests = http ? rule.http() : List.of();
        boolean opens = http ? !requests.isEmpty() : opens(rule.tcp(), port);
        return peers.isEmpty() || !opens
                ? Optional.empty()
                : Optional.of(new Authorization.Grant(rule.origin().toString(), peers, requests));
    }

    private static boolean opens(TcpAllowance allowance, int port) {
        return switch (allowance) {
            case TcpAllowance.AnyPort _ -> true;
            case TcpAllowance.Ports(List<Integer> ports) -> ports.contains(port);
            case TcpAllowance.Nothing _ -> false;
        };
    }
}
