/**
 * From what was seen to what the mesh decided: {@code ClusterState -> MeshModel}. Pure.
 */
@NullMarked
package io.osmj.core.compile;

import org.jspecify.annotations.NullMarked;
