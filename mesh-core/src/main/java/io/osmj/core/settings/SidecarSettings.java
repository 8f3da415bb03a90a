package io.osmj.core.settings;

import java.util.List;

/**
 * How sidecars are made; fixed for a pod when it is created, but for the TLS fields, which are live.
 *
 * @param logLevel Envoy's log level
 * @param envoyImage image of the sidecar; empty means the mesh's own
 * @param initContainerImage image that writes the interception rules; empty means the mesh's own
 * @param privilegedInitContainer whether the init container runs privileged
 * @param resources Kubernetes resource requirements of the sidecar
 * @param podIpMode whether the sidecar hands requests to the pod's IP instead of to 127.0.0.1
 * @param maxDataPlaneConnections how many sidecars may be connected at once to one control plane; 0 is no limit
 * @param tls what sidecars speak among each other
 */
public record SidecarSettings(
        String logLevel,
        String envoyImage,
        String initContainerImage,
        boolean privilegedInitContainer,
        Resources resources,
        boolean podIpMode,
        int maxDataPlaneConnections,
        Tls tls) {

    /** OSM's defaults. */
    public static final SidecarSettings DEFAULT =
            new SidecarSettings("error", "", "", false, Resources.NONE, false, 0, Tls.DEFAULT);

    /**
     * TLS between sidecars.
     *
     * @param minimum oldest version spoken
     * @param maximum newest version spoken
     * @param cipherSuites BoringSSL names, empty for Envoy's own choice
     * @param ecdhCurves BoringSSL names, empty for Envoy's own choice
     */
    public record Tls(TlsVersion minimum, TlsVersion maximum, List<String> cipherSuites, List<String> ecdhCurves) {
        /** TLS 1.2 to 1.3 with Envoy's own ciphers and curves. */
        public static final Tls DEFAULT = new Tls(TlsVersion.TLSv1_2, TlsVersion.TLSv1_3, List.of(), List.of());

        public Tls {
            cipherSuites = List.copyOf(cipherSuites);
            ecdhCurves = List.copyOf(ecdhCurves);
        }
    }
}
