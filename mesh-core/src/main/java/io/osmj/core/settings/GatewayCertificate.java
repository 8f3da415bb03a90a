package io.osmj.core.settings;

import java.time.Duration;

/**
 * The certificate by which an ingress gateway without a sidecar shows the mesh who it is, and where it is kept for it
 * ({@code spec.certificate.ingressGateway} of MeshConfig).
 *
 * @param principal whom it speaks for, as written: OSM's {@code <account>.<namespace>.<trust domain>} or the SPIFFE URI; the first of the
 *     names in the object, as OSM took only that
 * @param validity how long it is valid, at least a minute
 * @param namespace of the Secret
 * @param secret name of the Secret
 */
public record GatewayCertificate(String principal, Duration validity, String namespace, String secret) {}
