/** How the level of the log changes while the process runs. */
@NullMarked
package io.osmj.controlplane.logs;

import org.jspecify.annotations.NullMarked;
