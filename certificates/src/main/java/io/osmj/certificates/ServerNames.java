package io.osmj.certificates;

import java.util.List;

/**
 * The DNS names a TLS server of ours is reached by.
 *
 * @param dns at least one, in order
 */
public record ServerNames(List<String> dns) {
    public ServerNames {
        dns = List.copyOf(dns);
        if (dns.isEmpty()) {
            throw new IllegalArgumentException("a server certificate needs at least one name");
        }
    }

    /** The two names of a Kubernetes service: the short one is what the API server asks for, the long one what proxies do. */
    public static ServerNames ofService(String service, String namespace) {
        String name = service + "." + namespace + ".svc";
        return new ServerNames(List.of(name, name + ".cluster.local"));
    }
}
