package io.osmj.core.state;

import static java.util.Comparator.comparing;

import io.osmj.core.identity.ServiceAccount;
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
 * @param loopbackPorts ports on which something listens that must stay private to the pod, such as daprd's API; they are
 *     never opened to peers
 * @param metrics whether its sidecar's statistics may be scraped
 */
public record PodState(
        String namespace,
        String name,
        String uid,
        String address,
        ServiceAccount account,
        boolean meshed,
        List<Integer> loopbackPorts,
        boolean metrics)
        implements Comparable<PodState> {
    private static final Comparator<PodState> ORDER =
            comparing(PodState::namespace).thenComparing(PodState::name).thenComparing(PodState::uid);

    public PodState {
        loopbackPorts = loopbackPorts.stream().sorted().distinct().toList();
    }

    @Override
    public int compareTo(PodState other) {
        return ORDER.compare(this, other);
    }
}
