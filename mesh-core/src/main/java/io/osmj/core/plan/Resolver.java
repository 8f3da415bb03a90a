package io.osmj.core.plan;

import io.osmj.core.compile.MeshIndex;
import io.osmj.core.compile.Touched;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.plan.Destination.Access;
import io.osmj.core.plan.Destination.Allowed;
import io.osmj.core.plan.Destination.Backend;
import io.osmj.core.plan.Destination.Carriage;
import io.osmj.core.plan.Destination.Denied;
import io.osmj.core.service.Claim;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.Endpoint;
import io.osmj.core.service.MeshService;
import io.osmj.core.service.ServicePort;
import io.osmj.core.service.Share;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says what an address is for a caller: {@code (account, ip:port) -> Destination}. All callers for which it is the same get the
 * same instance, so that whatever is made of it is made once.
 */
final class Resolver {
    private final MeshIndex mesh;
    private final Map<DialledAddress, Map<View, Destination>> known = new HashMap<>();
    private final Outside outside = new Outside();
    private Set<Integer> httpPorts = Set.of();

    /** What of an address differs from caller to caller. */
    private record View(Set<ServiceAccount> accounts, boolean asBytes) {}

    Resolver(MeshIndex mesh) {
        this.mesh = mesh;
        forget();
    }

    private void forget() {
        known.clear();
        httpPorts = Set.copyOf(mesh.addresses().httpPorts());
    }

    /** Forgets what a patch made untrue. */
    void refresh(Touched touched) {
        if (touched.everything()) {
            forget();
        } else {
            known.keySet().removeAll(touched.addresses());
        }
    }

    /**
     * What the address is; empty when nothing is known of it and nothing outside the mesh may be reached.
     *
     * @param callees whom the caller may call by the rules; in permissive mode not looked at
     * @param exits what the caller may reach outside the mesh
     * @param asBytes whether the caller's proxy has taken a connection to it that waits for a cluster to carry bytes
     */
    Optional<Destination> resolve(
            Set<ServiceAccount> callees, List<Exit> exits, DialledAddress address, boolean asBytes) {
        return mesh.addresses()
                .at(address)
                .map(claim -> {
                    boolean requests = claim.http() && httpPorts.contains(address.port());
                    return known.computeIfAbsent(address, _ -> new HashMap<>())
                            .computeIfAbsent(
                                    new View(reachable(callees, claim), asBytes && requests),
                                    view -> destination(address, claim, view));
                })
                .or(() -> outside(exits, address));
    }

    /** Those to whose ports nothing but requests is sent. */
    Set<DialledAddress> requestsAmong(Set<DialledAddress> addresses) {
        return addresses.stream()
                .filter(address -> httpPorts.contains(address.port()))
                .collect(Collectors.toSet());
    }

    /** What a service port is to who calls it by name; empty where it may not be called, or not request by request. */
    Optional<NamedService> resolve(Set<ServiceAccount> callees, ServicePort port) {
        return mesh.service(port)
                .filter(service -> service.protocol().http())
                .flatMap(service -> named(callees, port, service));
    }

    private Optional<NamedService> named(Set<ServiceAccount> callees, ServicePort port, MeshService service) {
        Claim claim = new Claim(service.identity(), false, service.answering(), service.shares());
        return access(claim, reachable(callees, claim)) instanceof Allowed allowed
                ? Optional.of(new NamedService(port, service.identity().fqdn(), allowed))
                : Optional.empty();
    }

    /** The accounts behind the address that may be called; in permissive mode no matter which. */
    private Set<ServiceAccount> reachable(Set<ServiceAccount> callees, Claim claim) {
        if (mesh.settings().traffic().permissive()) {
            return Set.of();
        }
        return claim.endpoints().stream()
                .filter(endpoint -> endpoint.meshed() && callees.contains(endpoint.account()))
                .map(Endpoint::account)
                .collect(Collectors.toSet());
    }

    private Destination destination(DialledAddress address, Claim claim, View view) {
        return new Destination(
                address.address(),
                address.port(),
                carriage(address.port(), claim.http(), view.asBytes()),
                claim.service().label(),
                claim.service().fqdn(),
                access(claim, view.accounts()));
    }

    private Carriage carriage(int port, boolean http, boolean asBytes) {
        if (!http) {
            return Carriage.TCP;
        }
        return httpPorts.contains(port) && !asBytes ? Carriage.HTTP : Carriage.HTTP_ON_MIXED_PORT;
    }

    private Access access(Claim claim, Set<ServiceAccount> accounts) {
        boolean permissive = mesh.settings().traffic().permissive();
        // Without a sidecar nobody enforces the rule at the server, so strict mode does not send anything there.
        List<Endpoint> reachable = claim.endpoints().stream()
                .filter(endpoint -> permissive || (endpoint.meshed() && accounts.contains(endpoint.account())))
                .toList();
        List<Backend> backends = backends(reachable, claim.shares());
        if (!permissive && backends.stream().noneMatch(backend -> backend.weight() > 0)) {
            return new Denied();
        }
        return new Allowed(
                backends,
                reachable.stream()
                        .filter(Endpoint::meshed)
                        .map(endpoint -> endpoint.account().in(mesh.trustDomain()))
                        .toList(),
                mesh.limits().to(claim.service()));
    }

    private static List<Backend> backends(List<Endpoint> endpoints, List<Share> shares) {
        Map<Endpoint, Integer> parts = shares.isEmpty() ? Map.of() : Share.parts(shares, endpoints);
        return endpoints.stream()
                .map(endpoint -> new Backend(
                        endpoint.address(), endpoint.port(), endpoint.meshed(), parts.getOrDefault(endpoint, 1)))
                .toList();
    }

    /** In one of the mesh's ranges, but not of the mesh. */
    private Optional<Destination> outside(List<Exit> exits, DialledAddress address) {
        boolean http = httpPorts.contains(address.port());
        if (mesh.settings().traffic().egress()) {
            return Optional.of(outside.at(address, http, "passthrough", Outside.PASSTHROUGH));
        }
        return exits.stream()
                .filter(exit -> exit.port() == address.port())
                .findFirst()
                .flatMap(exit -> exit.holds(address.address())
                        ? Optional.of(Outside.PASSTHROUGH)
                        : Optional.<Access>of(Outside.BY_NAME).filter(_ -> exit.byName()))
                .map(access -> outside.at(address, http, "egress", access));
    }

    /** Forgets of what is outside the mesh whatever is none of these. */
    void keep(Set<Destination> inUse) {
        outside.keep(inUse);
    }

    /** Whether there may be much outside the mesh that nobody has any more. */
    boolean full() {
        return outside.full();
    }
}
