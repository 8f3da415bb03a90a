package io.osmj.core.compile;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.service.Claim;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.Endpoint;
import io.osmj.core.service.MeshService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The addresses of the mesh: what stands behind each, and whose pods. */
public final class AddressIndex {
    private final Map<String, TreeMap<Integer, Claim>> byAddress = new HashMap<>();
    private final Map<ServiceAccount, TreeSet<DialledAddress>> byAccount = new HashMap<>();
    private final ReachIndex reach = new ReachIndex();

    AddressIndex() {}

    /** A service had these ports and has those now, whoever answers for them. */
    void declare(List<MeshService> before, List<MeshService> now) {
        reach.declare(before, now);
    }

    /** From now on this stands behind an address, or nothing. */
    void settle(DialledAddress address, @Nullable Claim now) {
        Claim before = at(address).orElse(null);
        reach.replace(address, before, now);
        if (before != null) {
            accounts(before)
                    .forEach(account -> byAccount.computeIfPresent(account, (_, own) -> {
                        own.remove(address);
                        return own.isEmpty() ? null : own;
                    }));
        }
        if (now == null) {
            byAddress.computeIfPresent(address.address(), (_, ports) -> {
                ports.remove(address.port());
                return ports.isEmpty() ? null : ports;
            });
        } else {
            byAddress.computeIfAbsent(address.address(), _ -> new TreeMap<>()).put(address.port(), now);
            accounts(now)
                    .forEach(account -> byAccount
                            .computeIfAbsent(account, _ -> new TreeSet<>())
                            .add(address));
        }
    }

    /** What is dialled straight at a pod is not what its account is known for. */
    static Set<ServiceAccount> accounts(Claim claim) {
        return claim.direct()
                ? Set.of()
                : claim.endpoints().stream()
                        .filter(Endpoint::meshed)
                        .map(Endpoint::account)
                        .collect(Collectors.toSet());
    }

    /** What stands behind an address and port of the mesh. */
    public Optional<Claim> at(DialledAddress address) {
        return Optional.ofNullable(at(address.address()).get(address.port()));
    }

    /** What stands behind each port of an address. */
    NavigableMap<Integer, Claim> at(String address) {
        TreeMap<Integer, Claim> ports = byAddress.get(address);
        return ports == null ? Collections.emptyNavigableMap() : Collections.unmodifiableNavigableMap(ports);
    }

    /** The addresses that lead to meshed pods of an account, sorted; those of single pods only where callers dial pods. */
    public List<DialledAddress> of(ServiceAccount account) {
        return List.copyOf(byAccount.getOrDefault(account, new TreeSet<>()));
    }

    /** All addresses of the mesh's services, sorted; those of single pods only where callers dial pods. */
    public List<DialledAddress> all() {
        List<DialledAddress> all = new ArrayList<>();
        byAddress.forEach((address, ports) -> ports.forEach((port, claim) -> {
            if (!claim.direct()) {
                all.add(new DialledAddress(address, port));
            }
        }));
        Collections.sort(all);
        return all;
    }

    /** Ranges of addresses in which the mesh's lie, sorted. */
    public List<Cidr> ranges() {
        return reach.ranges();
    }

    /** Ports that speak HTTP wherever the mesh has them, sorted. */
    public List<Integer> httpPorts() {
        return reach.httpPorts();
    }

    /** Whether ranges or ports of HTTP are others than when this was last asked. */
    boolean takeChanged() {
        return reach.takeChanged();
    }
}
