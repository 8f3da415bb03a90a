/**
 * What daprd in a pod of the mesh has to reach past the sidecar, and what of it a pod's exclusion lists leave out.
 *
 * <p>daprd speaks its own TLS to Dapr's control plane whatever the cluster's mTLS setting is, so a sidecar that lets nothing
 * out has to be passed by. Which services and ports these are was measured with Dapr 1.16 and egress closed; older versions
 * differ in ports, which is why ports are taken from the Services that are there.
 */
@NullMarked
package io.osmj.dapr.outbound;

import org.jspecify.annotations.NullMarked;
