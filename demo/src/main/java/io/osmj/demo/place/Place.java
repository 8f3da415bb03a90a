package io.osmj.demo.place;

import java.util.List;
import java.util.Optional;

/** How pods are kept apart and how their connections reach their sidecars. */
public interface Place extends AutoCloseable {
    /** One line for the user: what is real here. */
    String description();

    /** The IPv4 address of a pod, by a number from 2 to 254 that no other pod has. */
    String podAddress(int number);

    /** The IPv4 address on which the application of that pod serves. */
    String applicationAddress(int number);

    /** The IPv4 address under which pods reach the control plane. */
    String controlPlaneAddress();

    /** Where, as {@code host:port}, an application has to say whom it calls; empty where its connections are intercepted. */
    Optional<String> outbound(PodPlace pod);

    /** Makes the network of a pod. */
    void add(PodPlace pod);

    /** The command that runs the control plane. */
    List<String> controlPlane(List<String> command);

    /** The command that runs an application inside its pod. */
    List<String> application(PodPlace pod, List<String> command);

    /** The command that runs a sidecar inside its pod, as a user whose connections are not intercepted. */
    List<String> sidecar(PodPlace pod, List<String> command);

    /** The numeric user id that sidecars run as. */
    int sidecarUser();

    /** Removes all networks. */
    @Override
    void close();
}
