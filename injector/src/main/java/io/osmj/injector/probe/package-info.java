/**
 * The kubelet's probes, sent through the sidecar: a probe that came straight to the container would meet the sidecar's
 * inbound listener, which lets in nobody without a certificate of the mesh.
 *
 * <p>Here a probe is read and replaced; what the sidecar does when it is asked is in {@code bootstrap}.
 */
@NullMarked
package io.osmj.injector.probe;

import org.jspecify.annotations.NullMarked;
