/**
 * What the control plane says about itself on port 9091: health, version, metrics, problems, connected proxies.
 *
 * <p>Everything here is read-only and free of secrets, and nothing of it is needed for the mesh to work.
 */
@NullMarked
package io.osmj.controlplane.http;

import org.jspecify.annotations.NullMarked;
