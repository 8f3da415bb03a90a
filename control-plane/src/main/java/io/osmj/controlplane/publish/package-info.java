/**
 * The one loop of the control plane: a change is waited out, the state compiled, each connected proxy planned, what differs
 * rendered and handed to its streams.
 *
 * <p>One thread owns all of it, so nothing here is locked. Every step ends where nothing differs from the last time: an
 * equal state is not compiled, an equal plan not rendered, equal resources not sent.
 *
 * <pre>
 * changed() -> Debounce -> snapshot -> Compiler -> Planner, for each Seat -> Renderer + secrets -> Watcher.changed
 * </pre>
 */
@NullMarked
package io.osmj.controlplane.publish;

import org.jspecify.annotations.NullMarked;
