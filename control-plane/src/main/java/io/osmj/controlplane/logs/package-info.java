/**
 * How the process logs: one JSON object a line on standard output, at a level that MeshConfig can change while it runs.
 */
@NullMarked
package io.osmj.controlplane.logs;

import org.jspecify.annotations.NullMarked;
