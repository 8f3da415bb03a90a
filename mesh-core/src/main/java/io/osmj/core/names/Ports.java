package io.osmj.core.names;

import java.util.List;

/** Port numbers that mean the same in every pod of the mesh. */
public final class Ports {
    /** Envoy's administration, on 127.0.0.1 only. */
    public static final int ADMIN = 15000;

    /** Where the pod's outgoing connections are sent to. */
    public static final int OUTBOUND = 15001;

    /** Where the connections that reach the pod are sent to. */
    public static final int INBOUND = 15003;

    /** Where Prometheus asks. */
    public static final int METRICS = 15010;

    /** Where the kubelet asks the sidecar for the liveness of the containers. */
    public static final int LIVENESS = 15901;

    /** Where the kubelet asks the sidecar for the readiness of the containers. */
    public static final int READINESS = 15902;

    /** Where the kubelet asks the sidecar whether the containers have started. */
    public static final int STARTUP = 15903;

    /** Where the kubelet asks the sidecar for its own health. */
    public static final int SIDECAR_HEALTH = 15904;

    /** The control plane's xDS service. */
    public static final int XDS = 15128;

    /** What no container of a meshed pod may listen on, ascending. */
    public static final List<Integer> RESERVED =
            List.of(ADMIN, OUTBOUND, INBOUND, METRICS, LIVENESS, READINESS, STARTUP, SIDECAR_HEALTH);

    private Ports() {}
}
