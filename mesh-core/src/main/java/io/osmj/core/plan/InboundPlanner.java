package io.osmj.core.plan;

import io.osmj.core.compile.MeshIndex;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.intercept.Capture;
import io.osmj.core.intercept.LocalProxyMode;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.policy.RateLimits;
import io.osmj.core.service.Claim;
import io.osmj.core.state.PodState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What peers may reach of a pod, and which of them. */
final class InboundPlanner {
    private final MeshIndex mesh;

    /** Pods of one account and port have one and the same. */
    private final Map<Door, Authorization> known = new HashMap<>();

    private record Door(ServiceAccount account, int port, boolean http) {}

    InboundPlanner(MeshIndex mesh) {
        this.mesh = mesh;
    }

    /** Forgets what a patch may have made untrue. */
    void refresh() {
        known.clear();
    }

    List<InboundPort> ports(PodState pod) {
        return mesh.portsOf(pod).entrySet().stream()
                .filter(entry -> !pod.loopbackPorts().contains(entry.getKey()))
                .map(entry -> port(pod, entry.getKey(), entry.getValue()))
                .toList();
    }

    private InboundPort port(PodState pod, int port, Claim claim) {
        return new InboundPort(
                port,
                claim.http(),
                application(pod),
                claim.service().label(),
                known.computeIfAbsent(new Door(pod.account(), port, claim.http()), this::authorization),
                claim.http() ? mesh.ingress().to(pod, port) : List.of(),
                rates(mesh.limits().of(pod, port), claim.http()));
    }

    /** Where requests are not seen one by one, none can be counted. */
    private static RateLimits rates(RateLimits all, boolean http) {
        return http ? all : new RateLimits(all.connections(), List.of());
    }

    private String application(PodState pod) {
        return switch (pod.capture()) {
            case Capture.Loopback loopback -> loopback.application();
            case Capture.Redirected redirected ->
                switch (redirected
                        .mode()
                        .orElse(LocalProxyMode.of(mesh.settings().sidecar().podIpMode()))) {
                    case LOCALHOST -> "127.0.0.1";
                    case POD_IP -> pod.address();
                };
        };
    }

    private Authorization authorization(Door door) {
        if (mesh.settings().traffic().permissive()) {
            return new Authorization.AnyMeshPeer();
        }
        return new Authorization.Granted(mesh.rulesTo(door.account()).stream()
                .flatMap(rule -> grant(rule, door.port(), door.http()).stream())
                .toList());
    }

    private Optional<Authorization.Grant> grant(AllowRule rule, int port, boolean http) {
        List<SpiffeId> peers = rule.sources().stream()
                .map(source -> source.in(mesh.trustDomain()))
                .toList();
        List<HttpMatch> requests = http ? rule.http() : List.of();
        boolean opens = http ? !requests.isEmpty() : rule.tcp().opens(port);
        return peers.isEmpty() || !opens
                ? Optional.empty()
                : Optional.of(new Authorization.Grant(rule.origin().toString(), peers, requests));
    }
}
