/**
 * The one loop of the control plane: a change is waited out, taken over into the mesh's index, and the streams it concerns are
 * planned anew; what differs is rendered and handed to them. A proxy that asks for an address is answered in between, at the cost of the
 * answer: it is added to what the proxy has. Nothing is kept that no stream has, or a pod could fill the memory with questions.
 *
 * <p>One thread owns all of it, so nothing here is locked. Every step ends where nothing differs from the last time: who is not
 * concerned is not planned, an equal plan not rendered, equal resources not sent.
 *
 * <pre>
 * changed() -> Debounce -> StatePatch -> LiveMesh -> Touched -> Rounds of Seats -> Planner -> Rendering -> Watcher.changed
 * demand()  ---------------------------------------------------> that Seat -> Planner.answer -> Rendering -> Watcher.changed
 * </pre>
 */
@NullMarked
package io.osmj.controlplane.publish;

import org.jspecify.annotations.NullMarked;
