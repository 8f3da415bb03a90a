package io.osmj.core.names;

/** Keys of the labels that the mesh reads or writes. */
public final class Labels {
    /** On a namespace: the name of the mesh it belongs to. */
    public static final String MONITORED_BY = "openservicemesh.io/monitored-by";

    /** On a namespace: {@code true} keeps the webhooks away from it. */
    public static final String IGNORE = "openservicemesh.io/ignore";

    /** On a namespace: any value keeps the webhooks away from it, so that they do not hold up what the cluster itself needs. */
    public static final String CONTROL_PLANE = "control-plane";

    /** On a pod: the name of its proxy, a UUID. */
    public static final String PROXY_UUID = "osm-proxy-uuid";

    private Labels() {}
}
