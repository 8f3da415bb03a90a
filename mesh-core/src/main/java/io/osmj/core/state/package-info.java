/**
 * Everything that was seen of the cluster, as sorted immutable records, free of Kubernetes' own types.
 *
 * <p>A {@link io.osmj.core.state.ClusterState} is equal to another when nothing that concerns the mesh differs; an unchanged
 * state goes no further.
 */
@NullMarked
package io.osmj.core.state;

import org.jspecify.annotations.NullMarked;
