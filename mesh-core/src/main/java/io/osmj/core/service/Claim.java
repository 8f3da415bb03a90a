package io.osmj.core.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one port of a service says of an address and port: of its virtual addresses, and of each of its pods.
 *
 * @param service the service that says it
 * @param direct whether it speaks of one of its pods although it has virtual addresses of its own; that is dialled seldom
 * @param endpoints who answers there, sorted
 * @param shares by which calls are shared out among the endpoints; none means alike
 */
public record Claim(MeshService.Identity service, boolean direct, List<Endpoint> endpoints, List<Share> shares) {
    public Claim {
        endpoints = List.copyOf(endpoints);
        shares = List.copyOf(shares);
    }

    /** Whether requests are seen one by one. */
    public boolean http() {
        return service.protocol().http();
    }

    /**
     * All that a service port says, by the address and port it speaks of. Of a pod of another namespace it says nothing: what stands
     * at that pod's address is not for it to say.
     */
    public static Map<DialledAddress, Claim> of(MeshService service) {
        Map<DialledAddress, Claim> claims = new TreeMap<>();
        MeshService.Identity identity = service.identity();
        for (String address : service.clusterIps()) {
            claims.put(
                    new DialledAddress(address, service.port()),
                    new Claim(identity, false, service.answering(), service.shares()));
        }
        for (Endpoint pod : service.endpoints()) {
            if (pod.account().namespace().equals(service.namespace())) {
                claims.put(
                        new DialledAddress(pod.address(), pod.port()),
                        new Claim(identity, !service.headless(), List.of(pod), List.of()));
            }
        }
        return claims;
    }

    /**
     * What holds where several service ports speak of one address. The first by name speaks for all of them; TCP carries
     * anything, so it wins where they disagree.
     *
     * @param claims of one address, in the order of their services; not empty
     */
    public static Claim joined(List<Claim> claims) {
        Claim first = claims.getFirst();
        Claim winner =
                claims.stream().filter(claim -> !claim.http()).findFirst().orElse(first);
        boolean direct = claims.stream().allMatch(Claim::direct);
        return direct == winner.direct()
                ? winner
                : new Claim(winner.service(), direct, winner.endpoints(), winner.shares());
    }

    /** The claims that lose by {@link #joined} although they say another protocol. */
    public static List<Claim> overruled(List<Claim> claims) {
        List<Claim> losers = new ArrayList<>(claims);
        losers.removeIf(claim -> claim.http() == joined(claims).http());
        return losers;
    }
}
