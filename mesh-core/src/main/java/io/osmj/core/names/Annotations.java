package io.osmj.core.names;

/** Keys of the annotations that the mesh reads or writes. */
public final class Annotations {
    /** On a namespace or a pod: whether a sidecar is wanted. The pod's word counts before the namespace's. */
    public static final String SIDECAR_INJECTION = "openservicemesh.io/sidecar-injection";

    /** On a namespace: whether the sidecars' metrics are offered to Prometheus. */
    public static final String METRICS = "openservicemesh.io/metrics";

    /** On a pod: destination ports that pass the sidecar by, separated by commas. */
    public static final String OUTBOUND_PORT_EXCLUSIONS = "openservicemesh.io/outbound-port-exclusion-list";

    /** On a pod: its own ports that pass the sidecar by, separated by commas. */
    public static final String INBOUND_PORT_EXCLUSIONS = "openservicemesh.io/inbound-port-exclusion-list";

    /** On a pod: destination ranges that pass the sidecar by, separated by commas. */
    public static final String OUTBOUND_RANGE_EXCLUSIONS = "openservicemesh.io/outbound-ip-range-exclusion-list";

    /** On a pod: the only destination ranges that are given to the sidecar, separated by commas. */
    public static final String OUTBOUND_RANGE_INCLUSIONS = "openservicemesh.io/outbound-ip-range-inclusion-list";

    /**
     * On a pod, ours: {@code enabled} where the application is an xDS client itself, such as one of gRPC. It gets no sidecar, and
     * may take configuration and certificate from the control plane.
     */
    public static final String PROXYLESS = "openservicemesh.io/proxyless";

    /**
     * On a pod of a folder, ours: the address on which its application serves, where nothing can be intercepted. It counts only
     * where that and the pod's own address are loopback addresses; no pod of a cluster has one.
     */
    public static final String LOCAL_APPLICATION = "openservicemesh.io/local-application";

    /** On an injected pod, ours: the lists in force as JSON, mesh-wide ones and its own together. */
    public static final String INTERCEPTION = "openservicemesh.io/interception";

    /** On an injected pod, ours: the text that its init container gives to iptables-restore. */
    public static final String INTERCEPTION_RULES = "openservicemesh.io/interception-rules";

    /** On an injected pod, ours: the local proxy mode that it was created with, {@code Localhost} or {@code PodIP}. */
    public static final String LOCAL_PROXY_MODE = "openservicemesh.io/local-proxy-mode";

    /** On an injected pod, ours: the probes as they were before they were sent through the sidecar, as JSON. */
    public static final String ORIGINAL_PROBES = "openservicemesh.io/original-probes";

    private Annotations() {}
}
