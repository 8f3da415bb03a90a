/**
 * What the renderer makes, in a real Envoy with the injector's bootstrap, behind the injector's rules in a network namespace,
 * fed by the real xDS server: destinations are fetched when they are dialled first.
 *
 * <pre>
 * namespace "pod"                                               namespace "world"
 *   Client: the application  --iptables--> Sidecar :15001  ---->  World: HTTP and TCP servers
 *   127.0.0.1:15128  &lt;-- delta ADS -- Sidecar
 *         | Wire
 *   ControlPlane, outside of both
 * </pre>
 */
@NullMarked
package io.osmj.integration.ondemand;

import org.jspecify.annotations.NullMarked;
