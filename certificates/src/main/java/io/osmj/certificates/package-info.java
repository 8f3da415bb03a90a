/**
 * Trust: who issues certificates, what an issued certificate is, and which roots are trusted.
 *
 * <pre>
 * CertificateIssuer --workload(SpiffeId)--> IssuedCertificate --> Envoy, by SDS
 *         |          --server(ServerNames)-> IssuedCertificate --> our own TLS servers
 *         +--trustBundle()-> TrustBundle
 * </pre>
 *
 * <p>{@code builtin} is the authority that lives in the control plane, {@code rotation} replaces certificates in time. Nothing
 * here knows Kubernetes: where the root is kept, and who drives the rotation, is the control plane's matter. Nothing here logs.
 */
@NullMarked
package io.osmj.certificates;

import org.jspecify.annotations.NullMarked;
