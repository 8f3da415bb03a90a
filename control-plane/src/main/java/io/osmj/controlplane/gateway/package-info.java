/**
 * The certificate of an ingress gateway that has no sidecar, kept in a Secret where its controller finds it.
 *
 * <p>{@link io.osmj.controlplane.gateway.GatewayKeeper} decides, {@link io.osmj.controlplane.gateway.GatewaySecret} reads and writes.
 */
@NullMarked
package io.osmj.controlplane.gateway;

import org.jspecify.annotations.NullMarked;
