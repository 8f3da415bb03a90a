package io.osmj.core.names;

/** How the control plane is reached and what proxies show to it. */
public final class ControlPlane {
    /** The service that offers xDS, in the namespace of the mesh. */
    public static final String SERVICE = "osm-controller";

    /** Audience of the service-account token that a proxy shows; tokens for anyone else are worth nothing here. */
    public static final String TOKEN_AUDIENCE = "osm-controller";

    private ControlPlane() {}

    /** The DNS name of the xDS service, which its certificate has to carry. */
    public static String host(String meshNamespace) {
        return SERVICE + "." + meshNamespace + ".svc.cluster.local";
    }
}
