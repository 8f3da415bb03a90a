/**
 * From what was seen to what the mesh decided: {@code StatePatch... -> MeshIndex -> MeshModel}.
 *
 * <p>The index is the one mutable thing between watch and proxy. A patch goes in, what it may have changed comes out, and the
 * work for it is that of its dependants, however large the mesh is. What is in the index depends on the last state of each
 * object alone: not on the order in which they came, nor on how they were cut into patches.
 */
@NullMarked
package io.osmj.core.compile;

import org.jspecify.annotations.NullMarked;
