package io.osmj.injector.bootstrap;

import io.osmj.injector.probe.SidecarProbe;
import java.util.List;

/**
 * What one sidecar's bootstrap depends on.
 *
 * @param nodeId the proxy's UUID; a name for logs, never an identity
 * @param nodeCluster service account and namespace, as {@code bookstore.shop}; a name for logs, too
 * @param meshNamespace where the control plane is
 * @param rootCertificates PEM of the authorities that may vouch for the control plane
 * @param podIpMode whether the application is reached on the pod's IP instead of on 127.0.0.1
 * @param probes what the sidecar answers for the containers
 * @param reach where the control plane and the token are
 */
public record BootstrapInput(
        String nodeId,
        String nodeCluster,
        String meshNamespace,
        String rootCertificates,
        boolean podIpMode,
        List<SidecarProbe> probes,
        Reach reach) {
    public BootstrapInput {
        probes = List.copyOf(probes);
    }

    /** That of a sidecar in a pod of a cluster. */
    public BootstrapInput(
            String nodeId,
            String nodeCluster,
            String meshNamespace,
            String rootCertificates,
            boolean podIpMode,
            List<SidecarProbe> probes) {
        this(nodeId, nodeCluster, meshNamespace, rootCertificates, podIpMode, probes, Reach.inCluster(meshNamespace));
    }

    /** The same for nobody in particular: equal for all sidecars that differ only in who they are. */
    BootstrapInput ofAnybody() {
        return new BootstrapInput("", "", meshNamespace, rootCertificates, podIpMode, probes, reach);
    }
}
