/**
 * The control plane as one process: its options, its parts and how they are connected.
 *
 * <p>{@link io.osmj.controlplane.ControlPlane} is the drawing: everything is made there by constructors, started in order and
 * closed in the reverse order. What the parts do is told in their rooms.
 */
@NullMarked
package io.osmj.controlplane;

import org.jspecify.annotations.NullMarked;
