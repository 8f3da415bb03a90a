package io.osmj.injector.bootstrap;

import io.osmj.core.names.ControlPlane;
import io.osmj.core.names.Ports;

/**
 * How one sidecar reaches what it needs outside of itself.
 *
 * @param target address and port of the control plane's xDS; its certificate has to carry the name that it has in a cluster
 * @param tokenFile what the sidecar shows, read anew for each stream
 * @param adminPort of Envoy's administration, on 127.0.0.1; 0 takes a free one, and then there is no listener for the
 *     kubelet, as several sidecars share one network
 */
public record Reach(String target, String tokenFile, int adminPort) {

    /** As in a pod of a cluster. */
    static Reach inCluster(String meshNamespace) {
        return new Reach(
                ControlPlane.host(meshNamespace) + ":" + Ports.XDS,
                SidecarBootstrap.TOKEN_FOLDER + "/" + SidecarBootstrap.TOKEN_NAME,
                Ports.ADMIN);
    }
}
