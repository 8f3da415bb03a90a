package io.osmj.injector.request;

/**
 * What is the same for every pod of this mesh and not a matter of MeshConfig.
 *
 * @param meshName value of the label {@link io.osmj.core.names.Labels#MONITORED_BY} of its namespaces
 * @param meshNamespace where the control plane lives; its pods never get a sidecar
 * @param sidecarImage image of the sidecar where MeshConfig names none
 * @param initImage image with iptables-restore where MeshConfig names none
 * @param imagePullPolicy {@code Always}, {@code IfNotPresent} or {@code Never}, for both
 * @param rootCertificates PEM of the authorities that may vouch for the control plane
 * @param nativeSidecars whether the cluster knows init containers that keep running (Kubernetes 1.29 and later)
 */
public record MeshFacts(
        String meshName,
        String meshNamespace,
        String sidecarImage,
        String initImage,
        String imagePullPolicy,
        String rootCertificates,
        boolean nativeSidecars) {}
