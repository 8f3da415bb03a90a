/**
 * gRPC's own xDS client, which is not ours, calls a meshed service without a sidecar: routes, clusters, endpoints and whom to
 * trust come from the control plane, and a real Envoy stands in front of the service. What a user has to bring is here too:
 * {@link io.osmj.integration.proxyless.TokenCredentials} and {@link io.osmj.integration.proxyless.CertificateFiles}.
 */
@NullMarked
package io.osmj.integration.proxyless;

import org.jspecify.annotations.NullMarked;
