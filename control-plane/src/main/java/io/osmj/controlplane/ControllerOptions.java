package io.osmj.controlplane;

import io.osmj.controlplane.admission.AdmissionOptions;
import io.osmj.objects.read.Mesh;

/**
 * All that the process is told when it starts.
 *
 * @param mesh which mesh it serves
 * @param version of the installation, for {@code /version}
 * @param caBundleSecret the Secret with the mesh's root of trust
 * @param mutatingWebhook the webhook configuration for pods
 * @param validatingWebhook the webhook configuration for the mesh's kinds
 * @param validateTrafficTarget whether a TrafficTarget away from its destination's namespace is refused
 * @param pod which replica this is
 * @param images what sidecars are made of where MeshConfig says nothing
 * @param ports where it listens
 */
public record ControllerOptions(
        Mesh mesh,
        String version,
        String caBundleSecret,
        String mutatingWebhook,
        String validatingWebhook,
        boolean validateTrafficTarget,
        Pod pod,
        Images images,
        Ports ports) {

    /**
     * The pod this process runs in.
     *
     * @param name unique among the replicas
     * @param uid empty where it is not known
     */
    public record Pod(String name, String uid) {}

    /**
     * Default images.
     *
     * @param sidecar of the proxy
     * @param init of the init container
     * @param pullPolicy for both
     */
    public record Images(String sidecar, String init, String pullPolicy) {}

    /**
     * Ports; 0 takes a free one.
     *
     * @param xds for proxies
     * @param status for health and metrics
     * @param injector for the pod webhook
     * @param validator for the webhook of the mesh's kinds
     */
    public record Ports(int xds, int status, int injector, int validator) {}

    /** How pods and objects are reviewed. */
    AdmissionOptions admission() {
        AdmissionOptions usual = AdmissionOptions.inNamespace(mesh.namespace(), mutatingWebhook, validatingWebhook);
        return new AdmissionOptions(
                usual.injector().on(ports.injector()), usual.validator().on(ports.validator()), validateTrafficTarget);
    }
}
