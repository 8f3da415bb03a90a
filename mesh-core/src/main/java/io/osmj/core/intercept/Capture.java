package io.osmj.core.intercept;

import java.util.Optional;

/** How connections come to the sidecar of a pod. */
public sealed interface Capture {
    /** All that a cluster knows, where a pod says no more of it. */
    Capture REDIRECTED = new Redirected(Optional.empty());

    /**
     * The kernel sends what leaves and what reaches the pod to two ports of the sidecar, and remembers where it was going.
     *
     * @param mode where the sidecar finds the application, as it was when the pod was created; empty for a pod that does not
     *     say, for which the mesh's setting of today holds
     */
    record Redirected(Optional<LocalProxyMode> mode) implements Capture {}

    /**
     * Nothing is redirected, for want of a network of the pod's own. The sidecar listens on the pod's address itself, and the
     * application says with a PROXY header where a connection is to go.
     *
     * @param pod the pod's address, a loopback one
     * @param application the loopback address on which the application serves, another one
     */
    record Loopback(String pod, String application) implements Capture {}

    /**
     * The capture of a pod that says where its application serves. That counts only where both addresses are of 127.0.0.0/8,
     * which no pod of a cluster has, so nobody in a cluster can ask for listeners that take a caller's word.
     */
    static Capture of(String pod, String application) {
        return loopback(pod) && loopback(application) && !pod.equals(application)
                ? new Loopback(pod, application)
                : REDIRECTED;
    }

    private static boolean loopback(String address) {
        return Cidr.parse(address + "/8").equals(Optional.of(Cidr.LOOPBACK));
    }
}
