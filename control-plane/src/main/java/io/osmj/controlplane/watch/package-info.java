/**
 * What is seen of the cluster: informers on one side, a {@link io.osmj.core.state.ClusterState} on the other.
 *
 * <p>This is the only room that lists and watches the objects the mesh is made of. It decides nothing: what the objects
 * mean together is {@code io.osmj.core.compile}. Until everything was read once there is no state at all, because half a
 * state would take configuration away from proxies that work.
 */
@NullMarked
package io.osmj.controlplane.watch;

import org.jspecify.annotations.NullMarked;
