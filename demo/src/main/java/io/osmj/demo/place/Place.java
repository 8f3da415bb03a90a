package io.osmj.demo.place;

import java.util.List;

/** How pods are kept apart and how their connections reach their sidecars. */
public interface Place extends AutoCloseable {
    /** One line for the user: what is real here. */
    String description();

    /** Makes the network of a pod. */
    void add(PodPlace pod);

    /** The IPv4 address under which pods reach the control plane. */
    String controlPlaneAddress();

    /** The command that runs an application inside its pod. */
    List<String> application(PodPlace pod, List<String> command);

    /** The command that runs a sidecar inside its pod, as the user whose connections are not intercepted. */
    List<String> sidecar(PodPlace pod, List<String> command);

    /** The numeric user id that sidecars run as. */
    int sidecarUser();

    /** Removes all networks. */
    @Override
    void close();
}
