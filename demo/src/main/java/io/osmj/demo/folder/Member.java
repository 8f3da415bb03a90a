package io.osmj.demo.folder;

import java.util.List;

/**
 * An application of the demo: a Pod, a ServiceAccount and a Service of the same name in namespace {@value #NAMESPACE}.
 *
 * @param name of all three
 * @param podAddress of its pod
 * @param serviceAddress cluster IP of its Service
 * @param port that it serves on, and its Service with it
 * @param calls the names of those it calls
 */
public record Member(String name, String podAddress, String serviceAddress, int port, List<String> calls) {
    /** The namespace of all. */
    public static final String NAMESPACE = "demo";

    public Member {
        calls = List.copyOf(calls);
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
