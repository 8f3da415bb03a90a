package io.osmj.core.compile;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.service.Claim;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.MeshService;
import io.osmj.core.state.ObjectKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the services say of addresses and ports, and which of them holds there. */
final class ClaimIndex {
    private final Map<DialledAddress, TreeMap<MeshService.Identity, Claim>> said = new HashMap<>();
    private final Map<DialledAddress, List<Problem>> conflicts = new HashMap<>();
    private final AddressIndex addresses = new AddressIndex();

    /**
     * What differs.
     *
     * @param addresses behind which something differs
     * @param accounts whose pods were or are behind one of them
     */
    record Difference(Set<DialledAddress> addresses, Set<ServiceAccount> accounts) {}

    /** A service had these ports and has those now. */
    Difference replace(List<MeshService> before, List<MeshService> now) {
        addresses.declare(before, now);
        Map<DialledAddress, Map<MeshService.Identity, Claim>> then = claims(before);
        Map<DialledAddress, Map<MeshService.Identity, Claim>> today = claims(now);
        Set<DialledAddress> changed = new HashSet<>(then.keySet());
        changed.addAll(today.keySet());
        changed.removeIf(address -> Objects.equals(then.get(address), today.get(address)));
        Set<ServiceAccount> accounts = new HashSet<>();
        for (DialledAddress address : changed) {
            addresses.at(address).ifPresent(claim -> accounts.addAll(AddressIndex.accounts(claim)));
            say(address, then.getOrDefault(address, Map.of()).keySet(), today.getOrDefault(address, Map.of()));
            addresses.at(address).ifPresent(claim -> accounts.addAll(AddressIndex.accounts(claim)));
        }
        return new Difference(changed, accounts);
    }

    private static Map<DialledAddress, Map<MeshService.Identity, Claim>> claims(List<MeshService> ports) {
        Map<DialledAddress, Map<MeshService.Identity, Claim>> claims = new HashMap<>();
        for (MeshService port : ports) {
            Claim.of(port)
                    .forEach((address, claim) -> claims.computeIfAbsent(address, _ -> new TreeMap<>())
                            .put(claim.service(), claim));
        }
        return claims;
    }

    private void say(
            DialledAddress address, Set<MeshService.Identity> withdrawn, Map<MeshService.Identity, Claim> claims) {
        TreeMap<MeshService.Identity, Claim> all = said.computeIfAbsent(address, _ -> new TreeMap<>());
        all.keySet().removeAll(withdrawn);
        all.putAll(claims);
        List<Claim> heard = ofOwner(address, List.copyOf(all.values()));
        addresses.settle(address, heard.isEmpty() ? null : Claim.joined(heard));
        conflicts.remove(address);
        if (all.isEmpty()) {
            said.remove(address);
        } else {
            note(address, heard);
        }
    }

    /** A cluster address is its service's, whoever lists it as if it were a pod's. */
    private static List<Claim> ofOwner(DialledAddress address, List<Claim> claims) {
        List<Claim> owner = claims.stream()
                .filter(claim -> claim.endpoints().stream()
                        .noneMatch(endpoint -> endpoint.address().equals(address.address())))
                .toList();
        return owner.isEmpty() ? claims : owner;
    }

    private void note(DialledAddress address, List<Claim> heard) {
        List<Claim> overruled = Claim.overruled(heard);
        if (!overruled.isEmpty()) {
            MeshService.Identity winner = Claim.joined(heard).service();
            conflicts.put(
                    address,
                    overruled.stream()
                            .map(loser -> conflict(address, loser.service(), winner))
                            .toList());
        }
    }

    private static Problem conflict(DialledAddress address, MeshService.Identity http, MeshService.Identity tcp) {
        return new Problem(
                ProblemCode.M3002,
                new ObjectRef("Service", http.namespace(), http.name()),
                "spec.ports[" + http.port() + "].appProtocol",
                "Port " + address.port() + " of its pods is HTTP here and TCP in service " + tcp.namespace() + "/"
                        + tcp.name() + ", so it is carried as TCP and HTTP rules do not apply.",
                "Give both ports the same appProtocol.");
    }

    /** The services that say something of an address, sorted. */
    Set<ObjectKey> services(DialledAddress address) {
        return said.getOrDefault(address, new TreeMap<>()).keySet().stream()
                .map(service -> new ObjectKey(service.namespace(), service.name()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What holds for each port of an address where only services of one namespace are heard. */
    NavigableMap<Integer, Claim> at(String address, String namespace) {
        NavigableMap<Integer, Claim> own = new TreeMap<>();
        for (int port : addresses.at(address).keySet()) {
            List<Claim> heard = said.getOrDefault(new DialledAddress(address, port), new TreeMap<>()).values().stream()
                    .filter(claim -> claim.service().namespace().equals(namespace))
                    .toList();
            if (!heard.isEmpty()) {
                own.put(port, Claim.joined(heard));
            }
        }
        return own;
    }

    /** What holds for each address, whoever says something else of it. */
    AddressIndex addresses() {
        return addresses;
    }

    List<Problem> problems() {
        return conflicts.values().stream().flatMap(List::stream).toList();
    }
}
