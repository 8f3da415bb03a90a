package io.osmj.core.state;

import static java.util.Comparator.comparing;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.intercept.Capture;
import java.util.Comparator;
import java.util.List;

/**
 * A running pod.
 *
 * @param namespace its namespace
 * @param name its name
 * @param uid its UID
 * @param address its IPv4 address; empty until it has one
 * @param account its service account
 * @param meshed whether it carries a sidecar of this mesh
 * @param proxyless whether its application is an xDS client itself, and calls as a member of the mesh without a sidecar
 * @param loopbackPorts ports on which something listens that must stay private to the pod, such as daprd's API; they are
 *     never opened to peers
 * @param metrics whether its sidecar's statistics may be scraped
 * @param capture how connections come to its sidecar
 */
public record PodState(
        String namespace,
        String name,
        String uid,
        String address,
        ServiceAccount account,
        boolean meshed,
        boolean proxyless,
        List<Integer> loopbackPorts,
        boolean metrics,
        Capture capture)
        implements Comparable<PodState> {
    private static final Comparator<PodState> ORDER =
            comparing(PodState::namespace).thenComparing(PodState::name).thenComparing(PodState::uid);

    public PodState {
        loopbackPorts = loopbackPorts.stream().sorted().distinct().toList();
    }

    /** A pod of a cluster. */
    public PodState(
            String namespace,
            String name,
            String uid,
            String address,
            ServiceAccount account,
            boolean meshed,
            boolean proxyless,
            List<Integer> loopbackPorts,
            boolean metrics) {
        this(namespace, name, uid, address, account, meshed, proxyless, loopbackPorts, metrics, Capture.REDIRECTED);
    }

    /** Whether the control plane has a configuration for it. */
    public boolean served() {
        return meshed || proxyless;
    }

    @Override
    public int compareTo(PodState other) {
        return ORDER.compare(this, other);
    }
}
