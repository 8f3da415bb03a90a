package io.osmj.core.service;

import static java.util.Comparator.comparing;

import java.util.Comparator;
import java.util.List;

/**
 * One port of one service of the mesh.
 *
 * @param namespace the service's namespace
 * @param name the service's name
 * @param port the service port, 1 to 65535
 * @param protocol what is spoken on it
 * @param clusterIps virtual addresses; empty for a headless service, which is called by the addresses of its pods
 * @param endpoints the ready pods behind it, sorted
 * @param shares who answers calls of its virtual addresses, sorted by service; none means its own pods, all alike
 */
public record MeshService(
        String namespace,
        String name,
        int port,
        AppProtocol protocol,
        List<String> clusterIps,
        List<Endpoint> endpoints,
        List<Share> shares)
        implements Comparable<MeshService> {
    private static final Comparator<MeshService> ORDER = comparing(MeshService::namespace)
            .thenComparing(MeshService::name)
            .thenComparingInt(MeshService::port)
            .thenComparing(MeshService::protocol);

    public MeshService {
        clusterIps = clusterIps.stream().sorted().toList();
        endpoints = endpoints.stream().sorted().distinct().toList();
        shares = shares.stream().sorted(comparing(Share::service)).toList();
    }

    /** Whether callers address pods directly. */
    public boolean headless() {
        return clusterIps.isEmpty();
    }

    /** Who answers calls of its virtual addresses, sorted. */
    public List<Endpoint> answering() {
        return shares.isEmpty()
                ? endpoints
                : shares.stream()
                        .flatMap(share -> share.endpoints().stream())
                        .sorted()
                        .distinct()
                        .toList();
    }

    /** The same with calls shared out. */
    public MeshService sharedOut(List<Share> among) {
        return new MeshService(namespace, name, port, protocol, clusterIps, endpoints, among);
    }

    /** Which port it is and what is spoken there, without who answers. */
    public Identity identity() {
        return new Identity(namespace, name, port, protocol);
    }

    /** {@link Identity#label}. */
    public String label() {
        return identity().label();
    }

    @Override
    public int compareTo(MeshService other) {
        return ORDER.compare(this, other);
    }

    /**
     * One port of one service, whoever answers for it.
     *
     * @param namespace the service's namespace
     * @param name the service's name
     * @param port the service port, 1 to 65535
     * @param protocol what is spoken on it
     */
    public record Identity(String namespace, String name, int port, AppProtocol protocol)
            implements Comparable<Identity> {
        private static final Comparator<Identity> ORDER = comparing(Identity::namespace)
                .thenComparing(Identity::name)
                .thenComparingInt(Identity::port)
                .thenComparing(Identity::protocol);

        /** The name in clusters' statistics and in logs: {@code namespace/name|port}. */
        public String label() {
            return namespace + "/" + name + "|" + port;
        }

        /** The DNS name, which always ends in {@code cluster.local} whatever the trust domain (OSM's rule). */
        public String fqdn() {
            return name + "." + namespace + ".svc.cluster.local";
        }

        @Override
        public int compareTo(Identity other) {
            return ORDER.compare(this, other);
        }
    }
}
