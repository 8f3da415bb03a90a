package io.osmj.demo.folder;

import java.util.List;

/**
 * An application of the demo: a Pod, a ServiceAccount and a Service of the same name in namespace {@value #NAMESPACE}.
 *
 * @param name of all three
 * @param podAddress of its pod
 * @param applicationAddress on which its process serves, {@link #EVERYWHERE} or a loopback one
 * @param serviceAddress cluster IP of its Service
 * @param port that it serves on, and its Service with it
 * @param calls the names of those it calls
 */
public record Member(
        String name,
        String podAddress,
        String applicationAddress,
        String serviceAddress,
        int port,
        List<String> calls) {
    /** The address of an application that serves on all addresses of its pod's own network. */
    public static final String EVERYWHERE = "0.0.0.0";

    /** The namespace of all. */
    public static final String NAMESPACE = "demo";

    public Member {
        calls = List.copyOf(calls);
    }

    /** Whether its pod has a network of its own. */
    public boolean hasOwnNetwork() {
        return applicationAddress.equals(EVERYWHERE);
    }

    /** The SPIFFE ID that the mesh gives it. */
    public String identity() {
        return "spiffe://cluster.local/ns/" + NAMESPACE + "/sa/" + name;
    }

    /** Where callers reach it. */
    public String url() {
        return "http://" + serviceAddress + ":" + port + "/";
    }
}
